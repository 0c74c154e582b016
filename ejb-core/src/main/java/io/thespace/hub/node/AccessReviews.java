package io.thespace.hub.node;

import io.thespace.hub.Access;
import io.thespace.hub.Channels;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.access.Reauthentication;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Re-authenticates the sockets of this node and reviews their access to rooms. Closes sockets whose tokens are no
 * longer valid, and removes sockets from rooms to which they have lost access.
 */
final class AccessReviews {

    private static final Log LOG = Log.of(AccessReviews.class);

    private final Authentication authentication;
    private final TenantChannels channels;
    private final Sockets sockets;
    private final Rooms rooms;
    private final RoomDelivery delivery;
    private final ReviewQueue queue;
    private final Reauthentication<Socket> reauthentication;
    /** Sockets whose rooms are to be reviewed as time goes by. */
    private final Set<Socket> due = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean reviewing = new AtomicBoolean();

    AccessReviews(
            Authentication authentication,
            TenantChannels channels,
            Sockets sockets,
            Rooms rooms,
            RoomDelivery delivery,
            ReviewQueue queue) {
        this.authentication = authentication;
        this.channels = channels;
        this.sockets = sockets;
        this.rooms = rooms;
        this.delivery = delivery;
        this.queue = queue;
        reauthentication = new Reauthentication<>(
                sockets::all, socket -> socket.principal().actor(), socket -> recheck(socket, true), queue::later);
    }

    // Who sockets are
    // -------------------------------------------------------------------------------------------------

    /** Returns the current actor of the socket; closes it when its token is no longer valid. */
    Actor current(Socket socket) {
        SocketPrincipal principal = socket.principal();
        Actor before = principal.actor();
        try {
            Actor now = authentication.authenticate(
                    principal.token(), before.requestId(), before.sessionId(), before.address());
            if (socket.become(principal, principal.as(now))) {
                roleChanged(socket, before, now);
            }
            return now;
        } catch (Rejection rejection) {
            expel(socket, rejection);
            throw rejection;
        }
    }

    /** Removes sockets from rooms that their user no longer has access to. */
    void roleChanged(Socket socket, Actor before, Actor now) {
        if (now.role() != before.role()) {
            queue.later(() -> review(socket, socket.rooms().values()));
        }
    }

    private void expel(Socket socket, Rejection rejection) {
        Kind kind = rejection.code().kind();
        if (kind == Kind.UNAUTHENTICATED) {
            sockets.end(socket, Closing.AUTHENTICATION, Closing.AUTHENTICATION.advice());
        } else if (kind == Kind.FORBIDDEN) {
            sockets.end(socket, Closing.FORBIDDEN, Closing.FORBIDDEN.advice());
        }
    }

    /** Re-authenticates the sockets of a sign-in that has ended. */
    void ended(UUID signInId) {
        reauthentication.signInEnded(signInId);
    }

    /** Access in an organization was reduced: re-authenticates all its sockets, on another thread. */
    void outdated(UUID orgId) {
        reauthentication.accessReduced(orgId);
    }

    /**
     * Re-authenticates a socket.
     *
     * @param anew whether to bypass cached results
     */
    void recheck(Socket socket, boolean anew) {
        SocketPrincipal principal = socket.principal();
        Actor before = principal.actor();
        try {
            Actor now = anew
                    ? authentication.authenticateAnew(principal.token(), before.requestId())
                    : authentication.authenticate(
                            principal.token(), before.requestId(), before.sessionId(), before.address());
            if (socket.become(principal, principal.as(now))) {
                roleChanged(socket, before, now);
            }
        } catch (Rejection rejection) {
            // A socket that has meanwhile presented a newer token is not judged by the old one.
            if (socket.principal().token().equals(principal.token())) {
                expel(socket, rejection);
            }
        } catch (RuntimeException e) {
            LOG.warning("Re-authentication of sockets failed; retrying", "cause", e);
        }
    }

    // Who may be in rooms
    // ---------------------------------------------------------------------------------------------

    /** As {@link #review(Room)}, where there is a room of the channel on this node. */
    void review(UUID orgId, String channelId) {
        Room room = rooms.find(orgId, channelId);
        if (room != null) {
            review(room);
        }
    }

    /** Reviews the access of a room's sockets, and delivers messages that were missed. */
    void review(Room room) {
        review(room, null);
    }

    /** @param userId whose sockets alone are reviewed; null for all */
    void review(Room room, UUID userId) {
        for (Socket socket : new ArrayList<>(room.sockets())) {
            if (userId == null || userId.equals(socket.principal().actor().userId())) {
                review(socket, List.of(room));
            }
        }
        delivery.catchUp(room);
    }

    /** Queues a review of a socket's rooms, in case the message of a change was lost. */
    void reviewLater(Socket socket) {
        if (!socket.rooms().isEmpty()) {
            due.add(socket);
        }
        if (!due.isEmpty() && reviewing.compareAndSet(false, true) && !queue.later(this::reviewDue)) {
            reviewing.set(false);
        }
    }

    /** Reviews all due sockets on one thread, so that the other threads stay free for announced changes. */
    private void reviewDue() {
        try {
            for (Iterator<Socket> each = due.iterator(); each.hasNext(); ) {
                Socket socket = each.next();
                each.remove();
                review(socket, socket.rooms().values());
            }
        } finally {
            reviewing.set(false);
        }
    }

    private void review(Socket socket, Collection<Room> some) {
        if (some.isEmpty()) {
            return;
        }
        try {
            List<Room> reviewed = List.copyOf(some);
            Map<String, Access> accesses = channels.accesses(
                    socket.principal().actor(),
                    reviewed.stream().map(Room::channelId).toList());
            for (Room room : reviewed) {
                Access access = accesses.get(room.channelId());
                if (access == null) {
                    letOut(socket, room, Channels.notAuthorized().getMessage());
                } else if (room.epoch() != null && !room.epoch().equals(access.epoch())) {
                    letOut(socket, room, "The channel was deleted.");
                }
            }
        } catch (RuntimeException e) {
            LOG.warning("Review of channel access failed; retrying", "cause", e);
        }
    }

    private void letOut(Socket socket, Room room, String why) {
        rooms.exit(socket, room.channelId());
        socket.send(Frames.left(room.channelId(), why).toString());
    }

    /** Reviews all sockets and all rooms. */
    void reviewAll() {
        reauthentication.all();
        rooms.all().forEach(this::review);
    }
}
