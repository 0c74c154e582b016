package io.thespace.gateway;

import static io.thespace.gateway.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Network;
import io.thespace.identity.Sealing;
import io.thespace.limit.NoQuotas;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose servers behave in every way, over real sockets. */
class GenerationTest {

    private static final Actor ADA =
            new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "request-1", null, "192.0.2.7", false);
    private static final ModelPrice PRICE = new ModelPrice(new BigDecimal("1"), new BigDecimal("2"), "USD");

    private static final String ANSWER =
            """
            {"id": "1", "choices": [{"message": {"role": "assistant", "content": "The séa"}}], "usage": {"prompt_tokens": 4, "completion_tokens": 3}}""";

    private final List<GenerationEnded> ended = new CopyOnWriteArrayList<>();
    private final Gateway gateway = new Gateway(
            null,
            new AddressRule(List.of(Network.read("127.0.0.1/32"))),
            null,
            new Sealing(new byte[32]),
            NoQuotas.limits(),
            new NoQuotas(),
            new GenerationLog() {
                @Override
                void add(Actor actor, GenerationEnded one) {
                    ended.add(one);
                }
            });
    private final ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> sweeping;
    private final ExecutorService background = Executors.newCachedThreadPool();
    private final List<Behaviour> open = new ArrayList<>();
    private final List<SealedModel> models = new ArrayList<>();

    @BeforeEach
    void start() {
        gateway.start(Executors.defaultThreadFactory());
        sweeping = sweep.scheduleWithFixedDelay(gateway::sweep, 20, 20, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        sweeping.cancel(true);
        sweep.shutdownNow();
        background.shutdownNow();
        gateway.stop();
        for (Behaviour one : open) {
            one.close();
        }
    }

    private Behaviour model(String name, String fallback, String role, Behaviour.Deed deed) throws Exception {
        Behaviour there = new Behaviour(deed);
        open.add(there);
        ModelOrder order = new ModelOrder(
                        name,
                        there.url(),
                        "upstream-" + name,
                        null,
                        List.of(role),
                        100,
                        null,
                        300,
                        600,
                        2000,
                        4,
                        fallback,
                        PRICE)
                .complete();
        byte[] key = new Sealing(new byte[32])
                .seal("sk-" + name, SealedModel.place(name, new LiveUpstream(UpstreamOrder.to(there.url()))));
        models.add(new SealedModel(ModelView.of(order, true, Instant.EPOCH, Instant.EPOCH), key));
        gateway.show(List.of(), models, background);
        return there;
    }

    private Behaviour model(String name, Behaviour.Deed deed) throws Exception {
        return model(name, null, "user", deed);
    }

    private static Behaviour.Deed answers(String status, String type, String body) {
        return (head, in, out, socket) -> {
            int length = head.lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                    .sum();
            in.readNBytes(length);
            answer(out, status, type, body);
        };
    }

    private static void answer(OutputStream out, String status, String type, String body) throws IOException {
        write(out, "HTTP/1.1 " + status + "\nContent-Type: " + type + "\nConnection: close\n\n");
        out.write(body.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static GenerateRequest question(String model, boolean stream) {
        return new GenerateRequest("Write of the sea", model, new BigDecimal("0.7"), null, "Be short", stream);
    }

    private Answered ask(String model, boolean stream) throws Exception {
        Answered answered = new Answered(false);
        gateway.generate(ADA, question(model, stream), answered);
        return answered.done();
    }

    private void refused(Answered answered, ErrorCode code) {
        assertThat(answered.refusal).isNotNull();
        assertThat(answered.refusal.code()).isEqualTo(code);
        assertThat(answered.refusal.getMessage()).doesNotContain("127.0.0.1", "Exception", "sk-");
    }

    @Test
    void aModelsWordsComeWithWhatTheyTook() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        Behaviour there = model("sea", (head, in, out, socket) -> {
            int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            bodies.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            answer(out, "200 OK", "application/json", ANSWER);
        });
        Answered answered = ask("sea", false);

        assertThat(answered.status).isEqualTo(200);
        assertThat(answered.headers.toString()).isEqualTo("[Content-Type=application/json]");
        assertThat(answered.body())
                .isEqualTo(
                        "{\"result\":\"The séa\",\"model\":\"sea\",\"usage\":{\"input_tokens\":4,\"output_tokens\":3}}");
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
        assertThat(answered.first.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(answered.body()).isEqualTo("event: delta\ndata: {\"text\":\"The sé\"}\n\n");
        more.countDown();
        answered.done();
        assertThat(answered.headers.toString()).isEqualTo("[Content-Type=text/event-stream]");
        assertThat(answered.body())
                .endsWith(
                        "event: delta\ndata: {\"text\":\"a\"}\n\nevent: done\ndata: {\"model\":\"sea\",\"usage\":{\"input_tokens\":4,\"output_tokens\":3}}\n\n");
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
                .contains("event: error\ndata: {\"error\":\"The server of the model sea broke off")
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
        "200 OK, UPSTREAM_BROKEN"
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
        model("sea", (head, in, out, socket) -> {
            while (in.read() >= 0) {
                // Listens for ever.
            }
        });
        refused(ask("sea", false), GatewayError.UPSTREAM_TIMEOUT);
    }

    @Test
    void aFloodIsCutOff() throws Exception {
        model("sea", (head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\nContent-Type: application/json\n\n");
            byte[] flood = new byte[65_536];
            while (true) {
                out.write(flood);
            }
        });
        refused(ask("sea", false), GatewayError.UPSTREAM_BROKEN);
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
}
