package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.event.Events;
import io.thespace.hub.EventChannels;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In which order a channel's sockets get its messages, and what becomes of silent ones. */
class RoomTest {

    private static final UUID EPOCH = UUID.randomUUID();

    private static final class Told implements Outlet {

        private final List<String> frames = new ArrayList<>();

        @Override
        public void send(String frame) {
            frames.add(frame);
        }

        @Override
        public void ping() {
            frames.add("ping");
        }

        @Override
        public void close(Closing why, String reason) {
            frames.add(why.name());
        }
    }

    private final Told told = new Told();
    private final Room room = new Room(UUID.randomUUID(), "c", EPOCH, 5);
    private final Socket socket = socket(told, 1);

    private static Socket socket(Outlet outlet, int framesPerSecond) {
        Actor actor = new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "test", null, null, false);
        return new Socket(new SocketPrincipal(actor, "token", Instant.MAX, true), outlet, framesPerSecond, 0);
    }

    @Test
    void messagesComeInOrderAndOnce() {
        assertThat(room.enter(socket)).isEqualTo(5);

        assertThat(room.arrived(EPOCH, 6, "6")).isFalse();
        assertThat(room.arrived(EPOCH, 6, "6")).isFalse();
        assertThat(room.arrived(EPOCH, 5, "5")).isFalse();
        assertThat(room.arrived(UUID.randomUUID(), 7, "another epoch's")).isFalse();
        assertThat(room.arrived(EPOCH, 7, "7")).isFalse();

        assertThat(told.frames).containsExactly("6", "7");
    }

    @Test
    void whatIsMissingIsFetchedFirst() {
        room.enter(socket);

        assertThat(room.arrived(EPOCH, 8, "8")).isTrue();
        assertThat(told.frames).isEmpty();
        assertThat(room.arrived(EPOCH, 9, "9")).isFalse();
        assertThat(room.behind()).isFalse();
        for (long offset = room.delivered() + 1; offset <= 8; offset++) {
            room.caughtUp(offset, Long.toString(offset));
        }
        assertThat(room.onceMore()).isTrue();
        room.caughtUp(9, "9");
        assertThat(room.onceMore()).isFalse();
        assertThat(room.arrived(EPOCH, 10, "10")).isFalse();

        assertThat(told.frames).containsExactly("6", "7", "8", "9", "10");
    }

    @Test
    void anEmptyRoomIsClosed() {
        room.enter(socket);

        assertThat(room.leave(socket)).isTrue();
        assertThat(room.enter(socket)).isEqualTo(-1);
    }

    @Test
    void silentSocketsArePingedTwiceAndThenEnded() {
        long silence = Socket.SILENCE_NANOSECONDS;

        assertThat(socket.need(silence - 1)).isEqualTo(Socket.Need.NOTHING);
        assertThat(socket.need(silence)).isEqualTo(Socket.Need.PING);
        assertThat(socket.need(silence + 1)).isEqualTo(Socket.Need.NOTHING);
        assertThat(socket.need(2 * silence)).isEqualTo(Socket.Need.PING);
        assertThat(socket.need(3 * silence - 1)).isEqualTo(Socket.Need.NOTHING);
        assertThat(socket.need(3 * silence)).isEqualTo(Socket.Need.END);
        socket.heard(3 * silence);
        assertThat(socket.need(3 * silence + 1)).isEqualTo(Socket.Need.NOTHING);
        assertThat(socket.need(4 * silence)).isEqualTo(Socket.Need.PING);
    }

    @Test
    void tooManyFramesAndTooManyMistakesAreNoticed() {
        for (int i = 0; i < 5; i++) {
            assertThat(socket.paced()).isTrue();
            assertThat(socket.hopeless()).isFalse();
        }
        assertThat(socket.paced()).isFalse();
        assertThat(socket.hopeless()).isTrue();
    }

    @Test
    void adviceFitsACloseFrame() {
        for (Closing closing : Closing.values()) {
            assertThat(closing.advice()).hasSizeLessThanOrEqualTo(123).isASCII();
        }
    }

    @Test
    void channelsOfEventsFilterTheLog() {
        assertThat(EventChannels.filter("events")).isEqualTo(Events.Filter.NONE);
        assertThat(EventChannels.filter("plugin:notes"))
                .isEqualTo(new Events.Filter(null, "/plugins/notes", null, null));
        assertThat(EventChannels.filter("workflow:greeting"))
                .isEqualTo(new Events.Filter(null, "/workflows", "greeting", null));
        assertThat(EventChannels.is("support")).isFalse();
    }

    @Test
    void whatIsNotForAChannelIsPassed() {
        Room room = new Room(UUID.randomUUID(), "events", null, 5);

        room.passed(9);
        room.caughtUp(8, "{}");
        room.passed(7);

        assertThat(room.delivered()).isEqualTo(9);
        assertThat(room.queue()).isTrue();
        assertThat(room.queue()).isFalse();
        room.unqueue();
        assertThat(room.queue()).isTrue();
    }
}
