package io.thespace.gateway.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventStreamParserTest {

    private static final int MAX_BYTES = 100;

    static List<Arguments> streams() {
        return List.of(
                Arguments.of("data: a\n\ndata: b\n\n", List.of("message=a", "message=b")),
                Arguments.of("data: a\r\rdata: b\r\r", List.of("message=a", "message=b")),
                Arguments.of("data: a\r\n\r\ndata: b\r\n\r\n", List.of("message=a", "message=b")),
                Arguments.of("data: a\r\n\ndata: b\n\r\n", List.of("message=a", "message=b")),
                Arguments.of("\uFEFFdata: a\n\n", List.of("message=a")),
                Arguments.of("data:a\n\ndata:  a\n\n", List.of("message=a", "message= a")),
                Arguments.of("data: a\ndata: b\ndata\n\n", List.of("message=a\nb\n")),
                Arguments.of("data\n\n", List.of("message=")),
                Arguments.of("event: e\ndata: a\n\ndata: b\n\n", List.of("e=a", "message=b")),
                Arguments.of("event: e\n\ndata: b\n\n", List.of("message=b")),
                Arguments.of(": comment\nid: 1\nretry: 5\nDATA: x\ndata: é\n\n", List.of("message=é")),
                Arguments.of("data: unfinished\n", List.of()),
                Arguments.of("data: unfinished", List.of()));
    }

    /** However the bytes are cut. */
    @ParameterizedTest
    @MethodSource("streams")
    void aStreamIsReadAsTheSpecificationSays(String stream, List<String> expected) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            List<String> events = new ArrayList<>();
            EventStreamParser parser = parser(events);
            parser.feed(Arrays.copyOfRange(bytes, 0, cut));
            parser.feed(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(events).as("cut at %d", cut).isEqualTo(expected);
        }
        List<String> events = new ArrayList<>();
        EventStreamParser parser = parser(events);
        for (byte one : bytes) {
            parser.feed(new byte[] {one});
        }
        assertThat(events).isEqualTo(expected);
    }

    @Test
    void theEndOfAWholeMessageEndsItsLastEvent() {
        List<String> events = new ArrayList<>();
        EventStreamParser parser = parser(events);
        parser.feed("data: a\ndata: b".getBytes(StandardCharsets.UTF_8));
        parser.end();
        parser.end();
        assertThat(events).containsExactly("message=a\nb");
    }

    @Test
    void linesAndEventsAreBounded() {
        assertThat(parser(new ArrayList<>()).feed(new byte[MAX_BYTES])).isTrue();
        assertThat(parser(new ArrayList<>()).feed(new byte[MAX_BYTES + 1])).isFalse();
        EventStreamParser parser = parser(new ArrayList<>());
        byte[] line = "data: 0123456789\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 9; i++) {
            assertThat(parser.feed(line)).isTrue();
        }
        assertThat(parser.feed(line)).isFalse();
    }

    private static EventStreamParser parser(List<String> events) {
        return new EventStreamParser(MAX_BYTES, (type, data) -> events.add(type + "=" + data));
    }
}
