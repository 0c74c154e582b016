package io.thespace.hub.node;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A WebSocket that is open on this node. */
public final class Socket {

    /** The time without data from the client after which it is pinged. */
    static final long SILENCE_NANOSECONDS = Duration.ofSeconds(30).toNanos();

    /**
     * After so long it is looked once more who a socket with a new token is: what was known of the token then may have been older than a
     * change by nearly a second.
     */
    private static final long CONFIRM_NANOSECONDS = Duration.ofSeconds(1).toNanos();

    private static final int MAX_UNANSWERED = 2;
    private static final int MAX_MALFORMED = 5;

    private final Outlet outlet;
    private final Bucket frames;
    private final Bucket malformed;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private volatile SocketPrincipal principal;
    private volatile long heardAt;
    private long checkedAt;
    private boolean unconfirmed = true;
    private final AtomicBoolean gone = new AtomicBoolean();
    private int unanswered;

    /** The action that an idle socket needs. */
    enum Need {
        NOTHING,
        PING,
        END
    }

    /** @param framesPerSecond the maximum average rate of frames */
    Socket(SocketPrincipal principal, Outlet outlet, int framesPerSecond, long now) {
        this.principal = principal;
        this.outlet = outlet;
        this.heardAt = now;
        this.checkedAt = now;
        this.frames = bucket(5 * framesPerSecond, framesPerSecond, Duration.ofSeconds(1));
        this.malformed = bucket(MAX_MALFORMED, 1, Duration.ofSeconds(10));
    }

    private static Bucket bucket(int capacity, int refill, Duration in) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, in))
                .build();
    }

    SocketPrincipal principal() {
        return principal;
    }

    /** Who it is from now on, by a new token; answers who it was. */
    synchronized SocketPrincipal become(SocketPrincipal other, long now) {
        SocketPrincipal before = principal;
        principal = other;
        checkedAt = now;
        unconfirmed = true;
        return before;
    }

    /** Replaces the visitor {@code from}; returns false when it was replaced meanwhile. */
    synchronized boolean become(SocketPrincipal from, SocketPrincipal to) {
        boolean same = principal.equals(from);
        if (same) {
            principal = to;
        }
        return same;
    }

    /** The channels that it is in. */
    Map<String, Room> rooms() {
        return rooms;
    }

    Set<String> channels() {
        return rooms.keySet();
    }

    void send(String frame) {
        if (!gone.get()) {
            outlet.send(frame);
        }
    }

    /** Whether a frame is within the rate limit. */
    boolean paced() {
        return frames.tryConsume(1);
    }

    /** Whether one more malformed frame is one too many. */
    boolean hopeless() {
        return !malformed.tryConsume(1);
    }

    /** Records that data was received. */
    void heard(long now) {
        heardAt = now;
    }

    /** Whether re-authentication is due; if so, marks it as done. */
    synchronized boolean due(long now, long every) {
        if (now - checkedAt < (unconfirmed ? CONFIRM_NANOSECONDS : every)) {
            return false;
        }
        checkedAt = now;
        unconfirmed = false;
        return true;
    }

    /** Returns the action needed now; called by one thread only. */
    Need need(long now) {
        long silent = now - heardAt;
        if (silent < SILENCE_NANOSECONDS) {
            unanswered = 0;
            return Need.NOTHING;
        }
        if (silent < (unanswered + 1) * SILENCE_NANOSECONDS) {
            return Need.NOTHING;
        }
        if (unanswered == MAX_UNANSWERED) {
            return Need.END;
        }
        unanswered++;
        return Need.PING;
    }

    void ping() {
        outlet.ping();
    }

    /** Whether this was the first to end it. */
    boolean leave() {
        return gone.compareAndSet(false, true);
    }

    boolean left() {
        return gone.get();
    }

    void close(Closing why, String reason) {
        outlet.close(why, reason);
    }
}
