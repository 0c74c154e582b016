package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.HubError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits of WebSockets on a node, and clean-up after their end. */
class SocketsTest {

    private static final UUID ORG = new UUID(0, 1);
    private static final Actor ADA = new Actor(ORG, new UUID(0, 2), Role.USER, null, "r", null, null, false);

    private final List<Closing> closed = new ArrayList<>();
    private final Rooms rooms = new Rooms(new Presence(new Redis(Optional.empty()), "node"));
    private final Sockets sockets = new Sockets(rooms);

    private Socket open() {
        return sockets.open(new SocketPrincipal(ADA, "token", Instant.MAX, true), new Outlet() {
            @Override
            public void send(String frame) {}

            @Override
            public void ping() {}

            @Override
            public void close(Closing why, String reason) {
                closed.add(why);
            }
        });
    }

    private void refused(HubError code) {
        assertThatThrownBy(() -> sockets.admit(ADA))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(code));
    }

    @Test
    void eachUserHasAMaximumOfOpenOnes() {
        int max = Configuration.get().get(Key.SOCKETS_PER_IDENTITY);
        List<Socket> open = IntStream.range(0, max).mapToObj(i -> open()).toList();
        refused(HubError.TOO_MANY_SOCKETS);

        // Two handshakes at once are both admitted; the later socket is closed.
        open();
        assertThat(closed).containsExactly(Closing.TOO_FAST);
        assertThat(sockets.all()).hasSize(max);

        // The container reports the end of a socket that the hub has ended, too.
        sockets.closed(open.get(0));
        sockets.closed(open.get(0));
        sockets.admit(ADA);
        open();
        refused(HubError.TOO_MANY_SOCKETS);
    }

    private Room enter(Socket socket) {
        Room room = rooms.findOrMake(ORG, "c", () -> new Room(ORG, "c", new UUID(0, 3), 0));
        room.enter(socket);
        rooms.enter(socket, room, true);
        return room;
    }

    @Test
    void anEndedOneIsInNoRoom() {
        Socket socket = open();
        assertThat(enter(socket)).isSameAs(rooms.find(ORG, "c"));

        sockets.end(socket, Closing.TIMEOUT, Closing.TIMEOUT.advice());
        assertThat(socket.rooms()).isEmpty();
        assertThat(rooms.all()).isEmpty();

        // A frame that was under way when the socket ended lets it in once more.
        enter(socket);
        assertThat(socket.rooms()).isEmpty();
        assertThat(rooms.all()).isEmpty();
    }

    @Test
    void aNodeThatStopsAdmitsNone() {
        open();
        sockets.stop();
        refused(HubError.NODE_FULL);
        open();
        assertThat(closed).containsExactly(Closing.GOING_AWAY, Closing.GOING_AWAY);
        assertThat(sockets.all()).isEmpty();
    }
}
