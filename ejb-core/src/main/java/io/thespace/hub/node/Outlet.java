package io.thespace.hub.node;

/** A WebSocket's way out, which its protocol provides. None of these waits. */
public interface Outlet {

    /** Queues a frame; closes the WebSocket when its client is too slow for what is queued. */
    void send(String frame);

    void ping();

    void close(Closing why, String reason);
}
