package io.thespace.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.gateway.forward.Answered;
import io.thespace.gateway.generation.EventStreamParser;
import io.thespace.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shapes that well-known servers answer chat completions in, re-created from their documentation: {@code NAME.http} is the
 * response, {@code NAME.json} what a caller gets for it.
 */
class ChatCorpusTest extends GenerationCase {

    /** Small enough to cut every event. */
    private static final int PIECE = 7;

    private static Path corpus() throws URISyntaxException {
        return Path.of(ChatCorpusTest.class.getResource("chat").toURI());
    }

    static List<String> shapes() throws Exception {
        try (Stream<Path> files = Files.list(corpus())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".http"))
                    .map(file -> file.substring(0, file.length() - ".http".length()))
                    .sorted()
                    .toList();
        }
    }

    private JsonNode expected;

    private void serve(String shape) throws Exception {
        expected = Json.MAPPER.readTree(corpus().resolve(shape + ".json").toFile());
        String response = Files.readString(corpus().resolve(shape + ".http"));
        int end = response.indexOf("\n\n");
        String head = response.substring(0, end).replace("\n", "\r\n") + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        byte[] body = response.substring(end + 2).getBytes(StandardCharsets.UTF_8);
        model("sea", (request, in, out, socket) -> {
            readBody(request, in);
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int at = 0; at < body.length; at += PIECE) {
                chunk(out, body, at, Math.min(PIECE, body.length - at));
            }
            chunk(out, body, 0, 0);
        });
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void chunk(OutputStream out, byte[] body, int at, int size) throws IOException {
        out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body, at, size);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aCallerGetsOneShapeFromAllServers(String shape) throws Exception {
        serve(shape);
        Answered answered = ask("sea", false);
        if (expected.has("refusal")) {
            assertRefused(answered.refusal.code().name(), answered.refusal.getMessage());
        } else {
            JsonNode got = Json.MAPPER.readTree(answered.body());
            for (String member : List.of("result", "finish_reason", "usage")) {
                assertThat(got.path(member)).as(member).isEqualTo(expected.path(member));
            }
        }
        assertThat(ended).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aCallerWhoStreamsGetsTheSame(String shape) throws Exception {
        serve(shape);
        Answered answered = ask("sea", true);
        if (answered.refusal != null) {
            assertRefused(answered.refusal.code().name(), answered.refusal.getMessage());
            return;
        }
        StringBuilder text = new StringBuilder();
        JsonNode[] last = new JsonNode[1];
        EventStreamParser events = new EventStreamParser(1_000_000, (type, data) -> {
            JsonNode said = read(data);
            if (type.equals("delta")) {
                text.append(said.path("text").asText());
            } else {
                assertThat(type).isEqualTo(expected.has("refusal") ? "error" : "done");
                last[0] = said;
            }
        });
        events.feed(answered.body().getBytes(StandardCharsets.UTF_8));
        if (expected.has("refusal")) {
            assertRefused(ended.get(0).error(), last[0].path("error").asText());
        } else {
            assertThat(text).hasToString(expected.path("result").asText());
            assertThat(last[0].path("finish_reason")).isEqualTo(expected.path("finish_reason"));
            assertThat(last[0].path("usage")).isEqualTo(expected.path("usage"));
        }
    }

    private void assertRefused(String code, String message) {
        assertThat(code).isEqualTo(expected.path("refusal").asText());
        assertThat(message).contains(expected.path("says").asText(""));
        if (expected.has("keeps_back")) {
            assertThat(message).doesNotContain(expected.path("keeps_back").asText());
        }
    }
}
