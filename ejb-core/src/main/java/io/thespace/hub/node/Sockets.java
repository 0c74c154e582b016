package io.thespace.hub.node;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.HubError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The WebSockets that are open on this node: their maximum number, their start and end, and the pace of their frames. */
final class Sockets {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<UUID, AtomicInteger> perUser = new ConcurrentHashMap<>();
    private final Rooms rooms;
    private volatile boolean stopping;

    Sockets(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Returns the open sockets; weakly consistent. */
    Set<Socket> all() {
        return sockets;
    }

    /** As {@link Hub#admit}. */
    void admit(Actor actor) {
        if (stopping || sockets.size() >= Configuration.get().get(Key.SOCKETS)) {
            throw Rejection.later(
                    HubError.NODE_FULL,
                    "This node takes no more WebSockets now. Try again, with some jitter.",
                    RETRY_AFTER);
        }
        AtomicInteger mine = perUser.get(actor.userId());
        if (mine != null && mine.get() >= Configuration.get().get(Key.SOCKETS_PER_IDENTITY)) {
            throw Rejection.later(
                    HubError.TOO_MANY_SOCKETS,
                    "You have %d open WebSockets, which is the maximum. Close one first.".formatted(mine.get()),
                    RETRY_AFTER);
        }
    }

    /** As {@link Hub#open}. */
    Socket open(SocketPrincipal principal, Outlet outlet) {
        Socket socket =
                new Socket(principal, outlet, Configuration.get().get(Key.SOCKET_FRAMES_PER_SECOND), System.nanoTime());
        sockets.add(socket);
        int mine = perUser.computeIfAbsent(principal.actor().userId(), user -> new AtomicInteger())
                .incrementAndGet();
        if (!principal.csrfHolds()) {
            end(socket, Closing.AUTHENTICATION, "csrf_token is not the one in the cookie csrftoken.");
        } else if (stopping) {
            end(socket, Closing.GOING_AWAY, Closing.GOING_AWAY.advice());
        } else if (mine > Configuration.get().get(Key.SOCKETS_PER_IDENTITY)) {
            end(socket, Closing.TOO_FAST, "You have too many WebSockets open. Close one first.");
        }
        return socket;
    }

    /** As {@link Hub#closed}. */
    void closed(Socket socket) {
        if (!socket.leave()) {
            return;
        }
        sockets.remove(socket);
        perUser.computeIfPresent(
                socket.principal().actor().userId(), (user, count) -> count.decrementAndGet() == 0 ? null : count);
        for (String channelId : new ArrayList<>(socket.channels())) {
            rooms.exit(socket, channelId);
        }
    }

    /** Closes a socket. */
    void end(Socket socket, Closing why, String reason) {
        closed(socket);
        socket.close(why, reason);
    }

    /** The client gave a sign of life. */
    void heard(Socket socket) {
        socket.heard(System.nanoTime());
    }

    /** As {@link Hub#takes}. */
    boolean takes(Socket socket) {
        if (socket.left()) {
            return false;
        }
        heard(socket);
        if (!socket.paced()) {
            end(socket, Closing.TOO_FAST, Closing.TOO_FAST.advice());
            return false;
        }
        return true;
    }

    /** As {@link Hub#malformed}. */
    void malformed(Socket socket) {
        if (socket.hopeless()) {
            end(socket, Closing.MALFORMED, Closing.MALFORMED.advice());
        }
    }

    /** Takes no more sockets, and sends those that there are to other nodes. */
    void stop() {
        stopping = true;
        for (Socket socket : sockets) {
            end(socket, Closing.GOING_AWAY, Closing.GOING_AWAY.advice());
        }
    }
}
