package io.thespace.gateway.outbound;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.AddressRule;
import io.thespace.gateway.forward.Behaviour;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to servers that organizations name, over real sockets. */
class OutboundRequestsTest {

    private final TestOutbound running = new TestOutbound();
    private final OutboundRequests outbound = running.requests();

    @AfterEach
    void stop() {
        running.close();
    }

    private OutboundAnswer post(OutboundRequests requests, String url) {
        return requests.post(new OutboundRequest(
                "test",
                URI.create(url),
                List.of(Map.entry("X-Test", "yes")),
                "hello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theAnswersBeginningIsRead() throws Exception {
        try (Behaviour server = new Behaviour((head, in, out, socket) -> {
            assertThat(new String(in.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("hello");
            write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
            // Without an end.
            while (true) {
                write(out, "64\n" + "x".repeat(100) + "\n");
            }
        })) {
            OutboundAnswer answer = post(outbound, server.url() + "/hook?key=a%20b");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.failure()).isNull();
            assertThat(answer.beginning()).isEqualTo("x".repeat(1000));
            assertThat(server.heads.get(0))
                    .startsWith("POST /base/hook?key=a%20b HTTP/1.1\r\n")
                    .contains("X-Test: yes\r\n", "Content-Length: 5\r\n");
        }
    }

    @Test
    void redirectsAreAnswers() throws Exception {
        try (Behaviour server = new Behaviour((head, in, out, socket) ->
                write(out, "HTTP/1.1 307 Elsewhere\nLocation: http://127.0.0.1:9/\nContent-Length: 0\n\n"))) {
            assertThat(post(outbound, server.url()).status()).isEqualTo(307);
            assertThat(server.heads).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "'Fri, 31 Dec 1999 23:59:59 GMT', 0",
        "soon, ",
        "-1, ",
    })
    void itSaysWhenToAskAgain(String sent, Long seconds) throws Exception {
        try (Behaviour server = new Behaviour((head, in, out, socket) ->
                write(out, "HTTP/1.1 429 Slowly\nRetry-After: %s\nContent-Length: 0\n\n".formatted(sent)))) {
            assertThat(post(outbound, server.url()).retryAfter())
                    .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        }
    }

    @Test
    void aServerThatClosesWithoutAnAnswerWasAsked() throws Exception {
        try (Behaviour server = new Behaviour((head, in, out, socket) -> in.readNBytes(5))) {
            OutboundAnswer answer = post(outbound, server.url());

            assertThat(answer.status()).isNull();
            assertThat(answer.failure()).isEqualTo(OutboundAnswer.Failure.UNANSWERED);
        }
    }

    @Test
    void anAddressThatMayNotBeUsedIsNotConnectedTo() throws Exception {
        OutboundRequests strict = running.requests(new AddressRule(List.of()));
        try (Behaviour server = new Behaviour((head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\n\n"))) {
            String named = server.url().replace("127.0.0.1", "localhost");
            assertThat(strict.fault(named))
                    .as("a name is checked when it is used")
                    .isEmpty();

            OutboundAnswer answer = post(strict, named);

            assertThat(answer.failure()).isEqualTo(OutboundAnswer.Failure.UNREACHABLE);
            assertThat(server.connections).hasValue(0);
            assertThat(strict.fault(server.url())).isPresent();
        }
    }

    @Test
    void nothingThatListensIsUnreachable() throws Exception {
        String url;
        try (Behaviour server = new Behaviour((head, in, out, socket) -> {})) {
            url = server.url();
        }
        assertThat(post(outbound, url).failure()).isEqualTo(OutboundAnswer.Failure.UNREACHABLE);
    }
}
