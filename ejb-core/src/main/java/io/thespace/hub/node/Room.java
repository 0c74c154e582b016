package io.thespace.hub.node;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sockets of this node in one channel. Messages are given to them in the order of their offsets and without gaps: what
 * arrives too early is not given out, but fetched from the database with all before it.
 */
final class Room {

    private final UUID orgId;
    private final String channelId;
    private final UUID epoch;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** With how many sockets each user is in it. */
    private final Map<UUID, Integer> users = new ConcurrentHashMap<>();

    private final AtomicBoolean queued = new AtomicBoolean();

    private long delivered;
    private boolean catching;
    private boolean again;
    private boolean closed;

    /** @param epoch null for a channel that carries events, whose offsets are positions in their log */
    Room(UUID orgId, String channelId, UUID epoch, long offset) {
        this.orgId = orgId;
        this.channelId = channelId;
        this.epoch = epoch;
        this.delivered = offset;
    }

    UUID orgId() {
        return orgId;
    }

    String channelId() {
        return channelId;
    }

    UUID epoch() {
        return epoch;
    }

    Set<Socket> sockets() {
        return sockets;
    }

    /** Up to which offset everything was given out. */
    synchronized long delivered() {
        return delivered;
    }

    /**
     * Lets a socket in.
     *
     * @return the offset after which it gets every message; -1 when the room was closed meanwhile
     */
    synchronized long enter(Socket socket) {
        if (closed) {
            return -1;
        }
        if (sockets.add(socket)) {
            users.merge(user(socket), 1, Integer::sum);
        }
        return delivered;
    }

    /** Lets a socket out; whether the room is empty and closed from now on. */
    synchronized boolean leave(Socket socket) {
        if (sockets.remove(socket)) {
            users.computeIfPresent(user(socket), (user, count) -> count == 1 ? null : count - 1);
        }
        closed = sockets.isEmpty();
        return closed;
    }

    /** Sends a frame to all sockets at once, outside the order of messages. */
    void tell(String frame) {
        sockets.forEach(socket -> socket.send(frame));
    }

    /**
     * A message arrived.
     *
     * @return whether the caller has to fetch from the database, since others are missing before it
     */
    synchronized boolean arrived(UUID of, long offset, String frame) {
        if (!of.equals(epoch) || offset <= delivered) {
            return false;
        }
        if (catching) {
            again = true;
            return false;
        }
        if (offset == delivered + 1) {
            delivered = offset;
            tell(frame);
            return false;
        }
        catching = true;
        return true;
    }

    /** Whether the caller has to queue the catching-up; false while it is queued already. */
    boolean queue() {
        return queued.compareAndSet(false, true);
    }

    /** The catching up begins, or could not be queued. */
    void unqueue() {
        queued.set(false);
    }

    /** Whether the caller is the one to catch up with what the database has. */
    synchronized boolean behind() {
        if (catching) {
            again = true;
            return false;
        }
        catching = true;
        return true;
    }

    /** A message from the database, in order. */
    synchronized void caughtUp(long offset, String frame) {
        if (offset > delivered) {
            delivered = offset;
            tell(frame);
        }
    }

    /** Advances to an offset whose messages are delivered or not for this channel. */
    synchronized void passed(long offset) {
        delivered = Math.max(delivered, offset);
    }

    /**
     * Called when no further message was found; returns whether to read once more because something arrived meanwhile.
     */
    synchronized boolean onceMore() {
        catching = again;
        again = false;
        return catching;
    }

    /** Called when the database does not answer: a later run retries. */
    synchronized void giveUp() {
        catching = false;
        again = false;
    }

    /** The users in it on this node. */
    Set<UUID> users() {
        return users.keySet();
    }

    private static UUID user(Socket socket) {
        return socket.principal().actor().userId();
    }
}
