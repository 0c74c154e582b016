package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.event.EventView;
import io.thespace.event.LogSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What of the log one frame holds. */
class FramesTest {

    private static final UUID EPOCH = new UUID(0, 7);

    private static LogSlice slice(int characters, long... positions) {
        List<LogSlice.Entry> entries = LongStream.of(positions)
                .mapToObj(position -> new LogSlice.Entry(position, event(characters)))
                .toList();
        return new LogSlice(EPOCH, true, entries, 500, true);
    }

    private static EventView event(int characters) {
        String data = "{\"text\":\"%s\"}".formatted("x".repeat(characters));
        return new EventView(new UUID(0, 1), "/system", "signal_raised", "s", Instant.EPOCH, null, "r", false, data);
    }

    private static List<Long> offsets(ObjectNode frame) {
        List<Long> offsets = new ArrayList<>();
        frame.path("events").forEach(event -> offsets.add(event.path("offset").asLong()));
        return offsets;
    }

    @Test
    void aSmallSliceIsHadWhole() {
        ObjectNode frame = Frames.eventHistory("events", slice(10, 3, 7));

        assertThat(offsets(frame)).containsExactly(3L, 7L);
        assertThat(frame.path("offset").asLong()).isEqualTo(500);
        assertThat(frame.path("complete").asBoolean()).isTrue();
    }

    @Test
    void aLargeOneIsCutAfterAnEventAndGoesOnFromThere() {
        LogSlice whole = slice(60_000, LongStream.rangeClosed(1, 100).toArray());

        ObjectNode frame = Frames.eventHistory("events", whole);

        assertThat(offsets(frame)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(frame.path("offset").asLong()).isEqualTo(4);
        assertThat(frame.path("complete").asBoolean()).isFalse();
        assertThat(frame.toString()).hasSizeLessThan(300_000);
    }

    @Test
    void anEventThatIsLargerThanThatComesAlone() {
        ObjectNode frame = Frames.eventHistory("events", slice(300_000, 8, 9));

        assertThat(offsets(frame)).containsExactly(8L);
        assertThat(frame.path("offset").asLong()).isEqualTo(8);
        assertThat(frame.path("complete").asBoolean()).isFalse();
    }
}
