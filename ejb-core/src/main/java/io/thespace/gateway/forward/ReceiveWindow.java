package io.thespace.gateway.forward;

import java.io.IOException;
import org.apache.hc.core5.http.nio.CapacityChannel;

/** How many bytes of its answer an upstream may send: it may be 64 KiB ahead of the caller. */
final class ReceiveWindow {

    /** Half of the 64 KiB that an upstream may be ahead of its caller. */
    private static final int MAX_AHEAD_WHEN_GRANTED = 32_768;

    private CapacityChannel capacity;
    private long received;
    private long taken;
    private long granted;

    /** How many bytes of the body have come with these. */
    synchronized long received(int bytes) {
        received += bytes;
        return received;
    }

    /** Takes what grants more to the upstream. */
    void open(CapacityChannel channel) throws IOException {
        int more;
        synchronized (this) {
            capacity = channel;
            more = grant();
        }
        if (more > 0) {
            channel.update(more);
        }
    }

    /** The caller has taken so many bytes more. */
    void taken(int bytes) throws IOException {
        CapacityChannel channel;
        int more;
        synchronized (this) {
            taken += bytes;
            channel = capacity;
            more = grant();
        }
        if (more > 0) {
            channel.update(more);
        }
    }

    /**
     * How many bytes more the upstream may send. Few are never granted by themselves: whatever the number, each grant lets a
     * connection be read once more, and what is read may be more than was granted.
     */
    private int grant() {
        if (capacity == null || received - taken > MAX_AHEAD_WHEN_GRANTED) {
            return 0;
        }
        int more = (int) Math.min(Integer.MAX_VALUE, taken - granted);
        granted += more;
        return more;
    }
}
