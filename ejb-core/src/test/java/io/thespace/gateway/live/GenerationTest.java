package io.thespace.gateway.live;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Answered;
import io.thespace.gateway.forward.Behaviour;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.Generation;
import io.thespace.gateway.model.ModelParameter;
import io.thespace.gateway.model.SealedModel;
import io.thespace.identity.key.Sealing;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose servers behave in every way, over real sockets. */
class GenerationTest extends GenerationCase {

    private static final String ANSWER =
            """
            {"id": "1", "choices": [{"message": {"role": "assistant", "content": "The séa"}}], "usage": {"prompt_tokens": 4, "completion_tokens": 3}}""";

    private void refused(Answered answered, ErrorCode code) {
        assertThat(answered.refusal).isNotNull();
        assertThat(answered.refusal.code()).isEqualTo(code);
        assertThat(answered.refusal.getMessage()).doesNotContain("127.0.0.1", "Exception", "sk-");
    }

    @Test
    void aModelsWordsComeWithWhatTheyTook() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        Behaviour there = model("sea", keeps(bodies));
        Answered answered = ask("sea", false);

        assertThat(answered.status).isEqualTo(200);
        assertThat(answered.headers.toString()).isEqualTo("[Content-Type=application/json]");
        assertThat(answered.body())
                .isEqualTo(
                        "{\"result\":\"The séa\",\"model\":\"sea\",\"finish_reason\":null,\"usage\":{\"input_tokens\":4,\"output_tokens\":3}}");
        assertThat(answered.length).isEqualTo(answered.size());
        assertThat(there.heads.get(0))
                .startsWith("POST /base/chat/completions HTTP/1.1\r\n")
                .contains("Authorization: Bearer sk-sea\r\n")
                .doesNotContain("X-Request-Id", "Forwarded", "traceparent");
        assertThat(bodies.get(0))
                .isEqualTo(
                        "{\"model\":\"upstream-sea\",\"messages\":[{\"role\":\"system\",\"content\":\"Be short\"},{\"role\":\"user\",\"content\":\"Write of the sea\"}],\"temperature\":0.7,\"max_tokens\":100,\"stream\":false}");
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).error()).isNull();
        assertThat(ended.get(0).cost()).isEqualByComparingTo("0.00001");
    }

    @Test
    void aStreamComesAsItIsWritten() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        model("sea", (head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nConnection: close\n\n");
            write(out, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n: ping\n\n");
            byte[] first =
                    "data: {\"choices\":[{\"delta\":{\"content\":\"The sé\"}}]}\n\n".getBytes(StandardCharsets.UTF_8);
            // In the middle of a character.
            out.write(first, 0, first.length - 7);
            out.flush();
            out.write(first, first.length - 7, 7);
            out.flush();
            more.await();
            write(out, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
            write(out, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3}}\n\n");
            write(out, "data: [DONE]\n\n");
        });
        Answered answered = new Answered(false);
        gateway.generate(ADA, question("sea", true), answered);
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answered.body()).isEqualTo("event: delta\ndata: {\"text\":\"The sé\"}\n\n");
        more.countDown();
        answered.done();
        assertThat(answered.headers.toString()).isEqualTo("[Content-Type=text/event-stream]");
        assertThat(answered.body())
                .endsWith(
                        "event: delta\ndata: {\"text\":\"a\"}\n\nevent: done\ndata: {\"model\":\"sea\",\"finish_reason\":\"stop\",\"usage\":{\"input_tokens\":4,\"output_tokens\":3}}\n\n");
        assertThat(answered.whole).isTrue();
    }

    @Test
    void aServerThatDoesNotStreamServesThoseWhoDo() throws Exception {
        model("sea", answers("200 OK", "application/json", ANSWER));
        assertThat(ask("sea", true).body()).startsWith("event: delta\ndata: {\"text\":\"The séa\"}\n\nevent: done\n");
    }

    @Test
    void aStreamThatBreaksOffSaysSo() throws Exception {
        model(
                "sea",
                answers("200 OK", "text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"The\"}}]}\n\n"));
        Answered answered = ask("sea", true);
        assertThat(answered.body())
                .contains("event: error\ndata: {\"error\":\"The server of the model sea closed the connection early")
                .contains("\"request_id\":\"request-1\"")
                .doesNotContain("event: done");
        assertThat(ended.get(0).error()).isEqualTo("UPSTREAM_BROKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad, MODEL_REFUSED",
        "422 Bad, MODEL_REFUSED",
        "401 No, PROVIDER_UNAVAILABLE",
        "404 No, PROVIDER_UNAVAILABLE",
        "429 Slow, PROVIDER_UNAVAILABLE",
        "500 Oops, PROVIDER_UNAVAILABLE",
        "200 OK, PROVIDER_UNAVAILABLE"
    })
    void whatAServerRefusesIsTold(String status, GatewayError code) throws Exception {
        model("sea", answers(status, "application/json", "{\"error\": {\"message\": \"too\\nlong\"}}"));
        Answered answered = ask("sea", false);
        refused(answered, code);
        assertThat(answered.refusal.getMessage().contains("too long")).isEqualTo(code == GatewayError.MODEL_REFUSED);
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).error()).isEqualTo(code.name());
    }

    @Test
    void anotherModelTakesThePlaceOfOneThatFails() throws Exception {
        model("first", "second", "user", answers("500 Oops", "text/plain", "no"));
        model("second", "third", "user", (head, in, out, socket) -> socket.setSoLinger(true, 0));
        model("third", "first", "user", answers("200 OK", "application/json", ANSWER));
        assertThat(ask("first", false).body()).contains("The séa", "\"model\":\"third\"");
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).asked()).isEqualTo("first");
    }

    @Test
    void whenAllFailTheFirstOnesFailureIsTold() throws Exception {
        Behaviour first = model("first", "second", "user", answers("500 Oops", "text/plain", "no"));
        Behaviour second = model("second", "first", "user", answers("200 OK", "application/json", "[]"));
        refused(ask("first", false), GatewayError.PROVIDER_UNAVAILABLE);
        assertThat(first.connections).hasValue(1);
        assertThat(second.connections).hasValue(1);
    }

    @Test
    void aFallbackIsOnlyForThoseWhoMayUseIt() throws Exception {
        model("first", "second", "user", answers("500 Oops", "text/plain", "no"));
        Behaviour second = model("second", null, "admin", answers("200 OK", "application/json", ANSWER));
        refused(ask("first", false), GatewayError.PROVIDER_UNAVAILABLE);
        assertThat(second.connections).hasValue(0);
    }

    @Test
    void aHangingServerIsGivenUp() throws Exception {
        firstByteMillis = 600;
        model("sea", (head, in, out, socket) -> {
            while (in.read() >= 0) {
                // Listens for ever.
            }
        });
        refused(ask("sea", false), GatewayError.UPSTREAM_TIMEOUT);
    }

    @Test
    void aFloodIsCutOff() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        model("sea", floods("HTTP/1.1 200 OK\nContent-Type: application/json\n\n", cut));
        refused(ask("sea", false), GatewayError.UPSTREAM_BROKEN);
        assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Floods until it is cut off. */
    private static Behaviour.Deed floods(String head, CountDownLatch cut) {
        return (asked, in, out, socket) -> {
            write(out, head);
            byte[] flood = new byte[65_536];
            try {
                while (true) {
                    out.write(flood);
                }
            } finally {
                cut.countDown();
            }
        };
    }

    @Test
    void aFloodOfAnEmbeddingsServerIsCutOff() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        embeddings("vectors", floods("HTTP/1.1 200 OK\nContent-Type: application/json\n\n", cut));
        Answered answered = new Answered(false);
        gateway.embed(ADA, "vectors", List.of("x"), answered);
        refused(answered.done(), GatewayError.UPSTREAM_BROKEN);
        // Nearly all of the model's time is left.
        assertThat(answered.tries).hasSize(1);
        assertThat(answered.tries.get(0).outcome()).isEqualTo("unknown");
        assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended).hasSize(1);
    }

    /** Answers with a stream, and waits for the other side to leave. */
    private static Behaviour.Deed streamsUntilLeft(String events, CountDownLatch left) {
        return (head, in, out, socket) -> {
            readBody(head, in);
            write(out, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n" + events);
            try {
                while (in.read() >= 0) {
                    // Nothing more is sent.
                }
            } finally {
                left.countDown();
            }
        };
    }

    @Test
    void whatACallerGetsBeforeLeavingCounts() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        model(
                "sea",
                streamsUntilLeft(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"The sea and all that is in it, we go\"}}]}\n\n",
                        left));
        Answered answered = new Answered(false);
        Generation generation = gateway.generate(ADA, question("sea", true), answered);
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        generation.abandon();
        generation.abandon();
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).error()).isNull();
        // 24 and 36 characters.
        assertThat(ended.get(0).inputTokens()).isEqualTo(6);
        assertThat(ended.get(0).outputTokens()).isEqualTo(9);
        assertThat(ended.get(0).cost()).isPositive();
    }

    @Test
    void theServersOwnCountIsTakenWhenItHasCome() throws Exception {
        model(
                "sea",
                streamsUntilLeft(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"The\"}}],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":30}}\n\n",
                        new CountDownLatch(1)));
        Answered answered = new Answered(false);
        Generation generation = gateway.generate(ADA, question("sea", true), answered);
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        generation.abandon();
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).inputTokens()).isEqualTo(40);
        assertThat(ended.get(0).outputTokens()).isEqualTo(30);
    }

    /** A caller who reads slowly until the time is over gets no words for nothing. */
    @Test
    void aStreamWithoutAnEndCounts() throws Exception {
        totalMillis = 4_000;
        model(
                "sea",
                streamsUntilLeft("data: {\"choices\":[{\"delta\":{\"content\":\"The\"}}]}\n\n", new CountDownLatch(1)));
        assertThat(ask("sea", true).body()).contains("event: error");
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).inputTokens()).isEqualTo(6);
        assertThat(ended.get(0).outputTokens()).isEqualTo(1);
    }

    @Test
    void textsOfACallerWhoDoesNotWaitCount() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        embeddings("vectors", (head, in, out, socket) -> {
            came.countDown();
            streamsUntilLeft("", left).with(head, in, out, socket);
        });
        Answered answered = new Answered(false);
        Carriage carriage = gateway.embed(ADA, "vectors", List.of("x".repeat(40), "y"), answered);
        assertThat(came.await(20, TimeUnit.SECONDS)).isTrue();
        carriage.abandon();
        carriage.abandon();
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).inputTokens()).isEqualTo(11);
    }

    @Test
    void absurdCountsAreNotKnown() throws Exception {
        model(
                "sea",
                answers(
                        "200 OK",
                        "application/json",
                        ANSWER.replace("\"prompt_tokens\": 4", "\"prompt_tokens\": 9223372036854775807")
                                .replace("\"completion_tokens\": 3", "\"completion_tokens\": 1000000000")));
        assertThat(ask("sea", false).body()).contains("\"input_tokens\":null,\"output_tokens\":1000000000");
        embeddings(
                "vectors",
                answers(
                        "200 OK",
                        "application/json",
                        "{\"data\":[{\"embedding\":[1]}],\"usage\":{\"prompt_tokens\":1000000001}}"));
        Answered answered = new Answered(false);
        gateway.embed(ADA, "vectors", List.of("x"), answered);
        assertThat(answered.done().body()).contains("\"input_tokens\":null");
    }

    @Test
    void whatMayNotBeAskedIsRefusedAtOnce() throws Exception {
        assertThatThrownBy(() -> gateway.generate(ADA, question("sea", false), new Answered(false)))
                .isInstanceOfSatisfying(
                        Rejection.class, one -> assertThat(one.code()).isEqualTo(GatewayError.PROVIDER_NOT_CONFIGURED));
        model("secret", null, "admin", answers("200 OK", "application/json", ANSWER));
        model("open", answers("200 OK", "application/json", ANSWER));
        assertThatThrownBy(() -> gateway.generate(ADA, question("sea", false), new Answered(false)))
                .hasMessage("There is no model with this name. You may ask open.");
        assertThatThrownBy(() -> gateway.generate(ADA, question("secret", false), new Answered(false)))
                .isInstanceOfSatisfying(
                        Rejection.class, one -> assertThat(one.code()).isEqualTo(GatewayError.ROLE_NOT_ROUTED));
        assertThatThrownBy(() -> gateway.generate(
                        ADA, new GenerateRequest("x", "open", null, 101, null, null), new Answered(false)))
                .hasMessageContaining("100 tokens");
    }

    @Test
    void aKeyOfAnotherServerIsNotSent() throws Exception {
        Behaviour there = model("sea", answers("200 OK", "application/json", ANSWER));
        SealedModel one = models.remove(0);
        models.add(new SealedModel(
                one.view(), new Sealing(new byte[32]).seal("sk-other", "gateway-model sea at https://other.example")));
        gateway.show(List.of(), models, background);
        refused(ask("sea", false), GatewayError.MODEL_SEALED);
        assertThat(there.connections).hasValue(0);
    }

    private static Behaviour.Deed keeps(List<String> bodies) {
        return (head, in, out, socket) -> {
            bodies.add(readBody(head, in));
            answer(out, "200 OK", "application/json", ANSWER);
        };
    }

    private static GenerateRequest asks(String model, String temperature, Integer maxTokens, String system) {
        return new GenerateRequest(
                "x", model, temperature == null ? null : new BigDecimal(temperature), maxTokens, system, null);
    }

    private void generate(GenerateRequest order) throws Exception {
        Answered answered = new Answered(false);
        gateway.generate(ADA, order, answered);
        assertThat(answered.done().status).isEqualTo(200);
    }

    @Test
    void aMaximumIsSentOnlyWhenSomebodySetsOne() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        model("open", null, "user", null, null, keeps(bodies));
        model("bounded", null, "user", 100, null, keeps(bodies));
        generate(asks("open", null, null, null));
        assertThat(bodies.get(0)).doesNotContain("max_tokens", "max_completion_tokens", "temperature", "system");
        generate(asks("open", null, 50_000, null));
        assertThat(bodies.get(1)).contains("\"max_tokens\":50000");
        generate(asks("bounded", null, null, null));
        assertThat(bodies.get(2)).contains("\"max_tokens\":100");
        generate(asks("bounded", null, 7, null));
        assertThat(bodies.get(3)).contains("\"max_tokens\":7");
    }

    @Test
    void aModelGetsTheParametersThatItTakes() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        model("thinker", null, "user", 100, List.of(ModelParameter.MAX_COMPLETION_TOKENS), keeps(bodies));
        model("plain", null, "user", null, List.of(), keeps(bodies));
        generate(asks("thinker", null, 9, null));
        assertThat(bodies.get(0)).contains("\"max_completion_tokens\":9").doesNotContain("\"max_tokens\"");
        Answered streamed = new Answered(false);
        gateway.generate(ADA, new GenerateRequest("x", "plain", null, null, " ", true), streamed);
        streamed.done();
        assertThat(bodies.get(1))
                .isEqualTo(
                        "{\"model\":\"upstream-plain\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");
        assertNotTaken(asks("thinker", "0.7", null, null), "temperature");
        assertNotTaken(asks("thinker", null, null, "Be short"), "system");
        assertNotTaken(asks("plain", null, 9, null), "max_tokens");
        assertThat(bodies).hasSize(2);
    }

    private void assertNotTaken(GenerateRequest order, String parameter) {
        assertThatThrownBy(() -> gateway.generate(ADA, order, new Answered(false)))
                .isInstanceOfSatisfying(
                        Rejection.class, one -> assertThat(one.code()).isEqualTo(GatewayError.PARAMETER_NOT_TAKEN))
                .hasMessageContaining("does not take " + parameter);
    }

    @Test
    void aFallbackIsAskedOnlyWhatItTakes() throws Exception {
        model("first", "second", "user", answers("500 Oops", "text/plain", "no"));
        Behaviour second =
                model("second", "third", "user", null, List.of(), answers("200 OK", "application/json", ANSWER));
        refused(ask("first", false), GatewayError.PROVIDER_UNAVAILABLE);
        assertThat(second.connections).hasValue(0);
        generate(asks("first", null, null, null));
        assertThat(second.connections).hasValue(1);
    }

    /** Sends a stream and breaks off amid the message, once the caller has got something. */
    private static Behaviour.Deed breaksOffAfter(String events, Answered caller) {
        return (head, in, out, socket) -> {
            readBody(head, in);
            write(out, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n");
            write(out, Integer.toHexString(events.length()) + "\n");
            out.write((events + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            caller.first.await();
        };
    }

    @Test
    void aStreamIsWholeAfterItsLastEvent() throws Exception {
        Answered caller = new Answered(false);
        model(
                "sea",
                breaksOffAfter("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n", caller));
        gateway.generate(ADA, question("sea", true), caller);
        assertThat(caller.done().body()).contains("event: done").doesNotContain("event: error");
    }

    /** The model stopped, but its server's message did not end. */
    @Test
    void aTornStreamWithoutALastEventIsNotWhole() throws Exception {
        Answered caller = new Answered(false);
        model(
                "sea",
                breaksOffAfter(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n",
                        caller));
        gateway.generate(ADA, question("sea", true), caller);
        assertThat(caller.done().body()).contains("event: error").doesNotContain("event: done");
    }
}
