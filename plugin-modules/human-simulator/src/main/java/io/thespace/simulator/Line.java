package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket as a walker has it: the newest frames that no step took yet. It reads all the time, as a client should, so what
 * the persona thinks about never makes it a slow reader.
 */
final class Line implements WebSocket.Listener {

    /** The maximum of frames that wait for a step; the oldest are dropped. */
    static final int MAX_FRAMES = 100;

    private static final int MAX_CHARACTERS = 1_048_576;

    private final StringBuilder text = new StringBuilder();
    private final Deque<JsonNode> frames = new ArrayDeque<>();
    private WebSocket socket;

    /** Why no more frames will arrive; null while they may. */
    private String end;

    @Override
    public synchronized void onOpen(WebSocket opened) {
        socket = opened;
        if (end == null) {
            opened.request(Long.MAX_VALUE);
        } else {
            opened.abort();
        }
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
        text.append(part);
        if (text.length() > MAX_CHARACTERS) {
            end("A frame is larger than 1 MiB.");
            open.abort();
        } else if (last) {
            Json.tree(text.toString().getBytes(StandardCharsets.UTF_8)).ifPresent(this::keep);
            text.setLength(0);
        }
        return null;
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket open, int code, String reason) {
        end("The platform closed the WebSocket with %d%s".formatted(code, reason.isEmpty() ? "." : ": " + reason));
        return null;
    }

    @Override
    public synchronized void onError(WebSocket open, Throwable failure) {
        end("The WebSocket broke: " + failure);
    }

    private void keep(JsonNode frame) {
        frames.addLast(frame);
        if (frames.size() > MAX_FRAMES) {
            frames.removeFirst();
        }
        notifyAll();
    }

    private void end(String why) {
        if (end == null) {
            end = why;
        }
        notifyAll();
    }

    /** Sends a text; the answer fails when it cannot be sent. */
    synchronized CompletableFuture<WebSocket> send(String frame) {
        return socket.sendText(frame, true);
    }

    /** Returns the oldest unread frame, waiting up to this time; empty without one. */
    synchronized Optional<JsonNode> next(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && frames.isEmpty() && end == null; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        return Optional.ofNullable(frames.pollFirst());
    }

    /** Gives back what was taken and was not looked for, the oldest first. */
    synchronized void putBack(List<JsonNode> passed) {
        for (int i = passed.size() - 1; i >= 0 && frames.size() < MAX_FRAMES; i--) {
            frames.addFirst(passed.get(i));
        }
    }

    /** Returns why no more frames will arrive; empty while they may. */
    synchronized Optional<String> end() {
        return Optional.ofNullable(end);
    }

    /** Hangs up; what opens later than this is closed at once. */
    synchronized void hangUp() {
        end("The session has ended.");
        if (socket != null) {
            WebSocket open = socket;
            CompletableFuture<WebSocket> unused =
                    open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failure) -> open.abort());
        }
    }
}
