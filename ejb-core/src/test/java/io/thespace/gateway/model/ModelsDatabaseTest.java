package io.thespace.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Network;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.identity.Fired;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.key.Sealing;
import io.thespace.onnx.OnnxFile;
import io.thespace.onnx.OnnxSignature;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.revision.RevisionChanged;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models on a real PostgreSQL, as the application's role. */
class ModelsDatabaseTest {

    private static final Actor ADMIN = Actor.platform(null, "test");
    private static final Sealing SEALING = new Sealing(new byte[32]);
    private static final String SERVER = "https://models.example.org/v1";

    private static final ModelPrice PRICE = new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.6"), "USD");

    private static TestDatabase database;

    private final Fired<RevisionChanged> fired = new Fired<>();

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Model.class, ModelFile.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.sql("delete from core.gateway_models");
    }

    private <T> T with(Function<Models, T> work) {
        return database.in(null, em -> {
            Models models = new Models();
            models.em = em;
            models.use(fired, new AddressRule(List.of(Network.read("10.0.0.0/8"))), SEALING);
            return work.apply(models);
        });
    }

    private static ModelOrder order(String name, String url, String apiKey, String fallback, String currency) {
        ModelPrice price =
                currency == null ? null : new ModelPrice(PRICE.inputPerMillion(), PRICE.outputPerMillion(), currency);
        return new ModelOrder(
                name, url, "upstream", apiKey, null, null, null, null, null, null, null, fallback, null, price, null);
    }

    private static ModelOrder order(String name, String apiKey) {
        return order(name, SERVER, apiKey, null, null);
    }

    private ModelView create(ModelOrder order) {
        return with(models -> models.create(ADMIN, order, Optional.empty()));
    }

    private ModelView change(String name, ModelOrder order) {
        return with(models -> models.change(ADMIN, name, order));
    }

    private String key() {
        SealedModel one = with(models -> models.all(ADMIN)).get(0);
        return one.sealedKey() == null
                ? null
                : SEALING.open(
                        one.sealedKey(),
                        SealedModel.place(
                                one.view().name(),
                                new LiveUpstream(UpstreamOrder.to(one.view().baseUrl()))));
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    @Test
    void aModelIsKeptWithItsKeySealed() {
        ModelView made = create(order("a", SERVER, "sk-1", null, "USD"));
        assertThat(made.hasApiKey()).isTrue();
        assertThat(made.roles()).containsExactly("user");
        assertThat(made.maxTokens()).isNull();
        assertThat(made.parameters()).isEqualTo(ModelParameter.USUAL);
        ModelView found = with(models -> models.find(ADMIN, "a"));
        assertThat(found.price()).isEqualTo(PRICE);
        assertThat(this.<List<ModelView>>with(models -> models.list(ADMIN))).containsExactly(found);
        assertThat(key()).isEqualTo("sk-1");
        String stored = database.in(null, em -> em.createNativeQuery(
                        "select definition || encode(sealed_key, 'escape') from core.gateway_models")
                .getSingleResult()
                .toString());
        assertThat(stored).contains("upstream").doesNotContain("sk-1");
        assertThat(fired.events()).hasSize(1);
    }

    @Test
    void aRowOfAnEarlierVersionHasTheUsualParameters() {
        create(order("a", SERVER, null, null, null));
        database.in(null, em -> em.createNativeQuery(
                        "update core.gateway_models set definition = ((definition::jsonb - 'parameters')"
                                + " || '{\"max_tokens\": 2048}')::text")
                .executeUpdate());
        ModelView found = with(models -> models.find(ADMIN, "a"));
        assertThat(found.parameters()).isEqualTo(ModelParameter.USUAL);
        assertThat(found.maxTokens()).isEqualTo(2048);
    }

    @Test
    void aMaximumNeedsOneParameterToBeSentIn() {
        refused(
                GatewayError.INVALID_MODEL,
                () -> create(taking(null, List.of(ModelParameter.MAX_TOKENS, ModelParameter.MAX_COMPLETION_TOKENS))));
        refused(GatewayError.INVALID_MODEL, () -> create(taking(100, List.of(ModelParameter.TEMPERATURE))));
        assertThat(create(taking(100, List.of(ModelParameter.TEMPERATURE, ModelParameter.MAX_COMPLETION_TOKENS)))
                        .parameters())
                .containsExactly(ModelParameter.MAX_COMPLETION_TOKENS, ModelParameter.TEMPERATURE);
    }

    private static ModelOrder taking(Integer maxTokens, List<ModelParameter> parameters) {
        return new ModelOrder(
                "a",
                SERVER,
                "upstream",
                null,
                null,
                maxTokens,
                null,
                null,
                null,
                null,
                null,
                null,
                parameters,
                null,
                null);
    }

    @Test
    void aKeyStaysUntilItIsSaidAgainOrTheServerIsAnother() {
        create(order("a", "sk-1"));
        assertThat(change("a", order("a", SERVER + "/beta", null, null, null)).hasApiKey())
                .isTrue();
        assertThat(key()).isEqualTo("sk-1");
        refused(GatewayError.INVALID_MODEL, () -> change("a", order("a", "https://other.example", null, null, null)));
        change("a", order("a", "https://other.example", "sk-2", null, null));
        assertThat(key()).isEqualTo("sk-2");
        assertThat(change("a", order("a", "")).hasApiKey()).isFalse();
        assertThat(key()).isNull();
    }

    @Test
    void whatCannotBeIsRefused() {
        create(order("a", null));
        refused(GatewayError.MODEL_TAKEN, () -> create(order("a", null)));
        refused(GatewayError.INVALID_MODEL, () -> create(order("b", "ftp://x", null, null, null)));
        refused(GatewayError.INVALID_MODEL, () -> create(order("b", "http://169.254.169.254", null, null, null)));
        refused(GatewayError.INVALID_MODEL, () -> create(order("b", SERVER, null, "b", null)));
        refused(GatewayError.INVALID_MODEL, () -> create(order("b", SERVER, null, "c", null)));
        refused(GatewayError.INVALID_MODEL, () -> create(order("b", SERVER, null, null, "XYZ")));
        refused(GatewayError.INVALID_MODEL, () -> change("a", order("b", null)));
        refused(GatewayError.MODEL_NOT_FOUND, () -> change("b", order("b", null)));
        refused(GatewayError.MODEL_NOT_FOUND, () -> with(models -> models.find(ADMIN, "b")));
    }

    @Test
    void aFallbackStaysAsLongAsItIsNeeded() {
        create(order("a", null));
        create(order("b", SERVER, null, "a", null));
        refused(
                GatewayError.MODEL_NEEDED,
                () -> with(models -> {
                    models.delete(ADMIN, "a");
                    return null;
                }));
        change("b", order("b", null));
        with(models -> {
            models.delete(ADMIN, "a");
            return null;
        });
        assertThat(this.<List<ModelView>>with(models -> models.list(ADMIN))).hasSize(1);
    }

    @Test
    void thereIsAnEndOfThem() throws Exception {
        database.sql("insert into core.gateway_models select 'm' || n, '{}', null, now(), now()"
                + " from generate_series(1, 100) n");
        refused(GatewayError.TOO_MANY_MODELS, () -> create(order("a", null)));
    }

    private static ModelOrder onnx(String name, String url, Integer totalMillis) {
        return new ModelOrder(
                name,
                url,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                totalMillis,
                null,
                null,
                null,
                null,
                ModelKind.ONNX);
    }

    private static OnnxFile file(String content) {
        return new OnnxFile(
                "%064x".formatted(content.hashCode()), content.getBytes(StandardCharsets.UTF_8), OnnxSignature.EXAMPLE);
    }

    @Test
    void anOnnxModelIsKeptWithItsFile() {
        OnnxFile file = file("weights");
        ModelView made = with(models -> models.create(ADMIN, onnx("o", null, null), Optional.of(file)));
        assertThat(made.file().sha256()).isEqualTo(file.sha256());
        assertThat(made.file().bytes()).isEqualTo(7);
        assertThat(made.file().inputs()).isEqualTo(OnnxSignature.EXAMPLE.inputs());
        assertThat(made.totalMillis()).isEqualTo(10_000);
        ModelView found = with(models -> models.find(ADMIN, "o"));
        assertThat(found.file()).isEqualTo(made.file());
        assertThat(this.<List<ModelView>>with(models -> models.list(ADMIN))).containsExactly(found);
        assertThat(this.<Optional<byte[]>>with(models -> models.content(ADMIN, file.sha256())))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(file.content()));
        assertThat(change("o", onnx("o", null, 500)).file()).isEqualTo(made.file());
        with(models -> {
            models.delete(ADMIN, "o");
            return null;
        });
        assertThat(this.<Optional<byte[]>>with(models -> models.content(ADMIN, file.sha256())))
                .isEmpty();
    }

    @Test
    void anOnnxModelHasAFileAndNoServer() {
        refused(GatewayError.INVALID_MODEL, () -> create(onnx("o", null, null)));
        refused(
                GatewayError.INVALID_MODEL,
                () -> with(models -> models.create(ADMIN, onnx("o", SERVER, null), Optional.of(file("w")))));
        refused(
                GatewayError.INVALID_MODEL,
                () -> with(models -> models.create(ADMIN, order("a", null), Optional.of(file("w")))));
        refused(GatewayError.INVALID_MODEL, () -> create(order("a", null, null, null, null)));
    }
}
