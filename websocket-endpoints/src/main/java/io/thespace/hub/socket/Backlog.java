package io.thespace.hub.socket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The total size of all send queues of a node: many slow clients, each within its own limit, must not fill the heap.
 */
final class Backlog {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most characters that may wait before no queue may let more than a frame wait */
    Backlog(long most) {
        this.most = most;
    }

    /** A sixteenth of the heap; a character takes a byte or two. */
    static Backlog ofNode() {
        return new Backlog(Runtime.getRuntime().maxMemory() / 16);
    }

    boolean full() {
        return held.get() > most;
    }

    void add(int characters) {
        held.addAndGet(characters);
    }
}
