package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.hub.node.Socket.Need;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Idle timeouts and re-authentication of a socket. */
class SocketTest {

    private static final Outlet NOWHERE = new Outlet() {
        @Override
        public void send(String frame) {}

        @Override
        public void ping() {}

        @Override
        public void close(Closing why, String reason) {}
    };

    private final SocketPrincipal ada = principal("old", Role.USER);
    private final Socket socket = new Socket(ada, NOWHERE, 20, 0);

    private static SocketPrincipal principal(String token, Role role) {
        Actor actor = new Actor(new UUID(0, 1), new UUID(0, 2), role, null, "r", null, null, false);
        return new SocketPrincipal(actor, token, Instant.EPOCH, true);
    }

    private Need after(long seconds) {
        return socket.need(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** As docs/SOCKETS.md says: pinged after 30 s of silence and again, then closed with 4408. */
    @Test
    void whoIsSilentIsPingedTwiceAndThenEnded() {
        assertThat(after(29)).isEqualTo(Need.NOTHING);
        assertThat(after(30)).isEqualTo(Need.PING);
        assertThat(after(31)).isEqualTo(Need.NOTHING);
        assertThat(after(60)).isEqualTo(Need.PING);
        assertThat(after(89)).isEqualTo(Need.NOTHING);
        assertThat(after(90)).isEqualTo(Need.END);
        assertThat(Closing.TIMEOUT.code()).isEqualTo(4408);
    }

    @Test
    void anySignOfLifeBeginsAnew() {
        assertThat(after(30)).isEqualTo(Need.PING);
        socket.heard(TimeUnit.SECONDS.toNanos(50));
        assertThat(after(79)).isEqualTo(Need.NOTHING);
        assertThat(after(80)).isEqualTo(Need.PING);
        assertThat(after(110)).isEqualTo(Need.PING);
        assertThat(after(140)).isEqualTo(Need.END);
    }

    /** A look that began with the old token must not put it back in the place of a newer one. */
    @Test
    void anOlderLookDoesNotUndoARefresh() {
        SocketPrincipal refreshed = principal("new", Role.USER);
        assertThat(socket.become(refreshed, 0)).isEqualTo(ada);
        assertThat(socket.become(ada, principal("old", Role.GUEST))).isFalse();
        assertThat(socket.principal()).isEqualTo(refreshed);
        assertThat(socket.become(principal("new", Role.USER), principal("new", Role.GUEST)))
                .isTrue();
        assertThat(socket.principal().actor().role()).isEqualTo(Role.GUEST);
    }

    /** The handshake may have relied on what was known up to a second before a sign-out on another node. */
    @Test
    void whoHasJustComeIsLookedAtOnceMoreSoon() {
        assertThat(dueAfterMilliseconds(999)).isFalse();
        assertThat(dueAfterMilliseconds(1_000)).isTrue();
        assertThat(dueAfterMilliseconds(2_000)).isFalse();
        assertThat(dueAfterMilliseconds(61_000)).isTrue();

        socket.become(principal("new", Role.USER), TimeUnit.MILLISECONDS.toNanos(100_000));
        assertThat(dueAfterMilliseconds(100_999)).isFalse();
        assertThat(dueAfterMilliseconds(101_000)).isTrue();
        assertThat(dueAfterMilliseconds(160_999)).isFalse();
        assertThat(dueAfterMilliseconds(161_000)).isTrue();
    }

    private boolean dueAfterMilliseconds(long milliseconds) {
        return socket.due(TimeUnit.MILLISECONDS.toNanos(milliseconds), TimeUnit.SECONDS.toNanos(60));
    }

    /** Its connection may outlive it for as long as its close frame waits for the frame before it. */
    @Test
    void whatAnEndedOneStillBringsDoesNothing() {
        Sockets sockets = new Sockets(new Rooms(new Presence(new Redis(Optional.empty()), "node")));
        assertThat(sockets.takes(socket)).isTrue();
        socket.leave();
        assertThat(sockets.takes(socket)).isFalse();
    }
}
