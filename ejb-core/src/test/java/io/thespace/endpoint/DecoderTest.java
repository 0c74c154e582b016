package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {

    enum Colour {
        RED,
        GREEN
    }

    record Order(@NotNull UUID toAccountId, @NotNull BigDecimal amount, @Size(max = 5) String memo, Colour colour) {}

    record Patch(Optional<@NotNull Instant> from, Optional<@Size(max = 5) String> memo) {}

    private static final Endpoint<Patch> PATCH = Endpoint.patch("/order")
            .summary("Change it")
            .body(Patch.class, null)
            .handler(call -> null);

    private static final Endpoint<Order> ENDPOINT = Endpoint.post("/order")
            .summary("Order it")
            .query("since", Instant.class, "Since when.")
            .query("count", Integer.class, "How many.")
            .body(Order.class, null)
            .handler(call -> null);

    private final Decoder decoder =
            new Decoder(Validation.buildDefaultValidatorFactory().getValidator());

    private Order decode(String json) {
        return decoder.body(Mount.of("Things"), ENDPOINT, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPatchTellsWhatIsLeftOutFromWhatIsNull() {
        Patch patch = patch("{\"memo\": null}");
        assertThat(patch.from() == null).isTrue();
        assertThat(patch.memo()).isEmpty();
        assertThat(patch("{\"from\": \"2026-01-31T12:00:00Z\"}").from()).isPresent();
    }

    @Test
    void whatCannotBeClearedIsRefused() {
        Rejection refused = catchThrowableOfType(Rejection.class, () -> patch("{\"from\": null}"));
        assertThat(refused.details()).containsExactly(new FieldError("from", "REQUIRED", "must not be null"));
        refused = catchThrowableOfType(Rejection.class, () -> patch("{\"memo\": \"too long\"}"));
        assertThat(refused.details()).extracting(FieldError::code).containsExactly("LENGTH");
    }

    private Patch patch(String json) {
        return decoder.body(Mount.of("Things"), PATCH, json.getBytes(StandardCharsets.UTF_8));
    }

    record Free(Map<String, Object> metadata, List<Integer> numbers, Instant at, UUID id, BigDecimal amount) {}

    private static final Endpoint<Free> FREE =
            Endpoint.post("/free").summary("Keep it").body(Free.class, null).handler(call -> null);

    private FieldError refusedFree(String json) {
        Rejection refused = catchThrowableOfType(
                Rejection.class, () -> decoder.body(Mount.of("Things"), FREE, json.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused).as(json).isNotNull();
        assertThat(refused.code()).isEqualTo(EndpointError.INVALID_REQUEST);
        return refused.details().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'metadata': {'a': [1, '\\u0000']}} | metadata.a[1]",
                "{'metadata': {'a\\u0000': 1}} | metadata",
                "{'metadata': {'a': '\\ud800'}} | metadata.a",
                "{'metadata': {'a': '\\udc00\\ud800'}} | metadata.a",
                "{'metadata': {'a': 1e400}} | metadata.a",
                "{'metadata': {'a': 1e-20000}} | metadata.a",
                "{'metadata': {'a': 0e131072}} | metadata.a",
                "{'amount': 1e131072} | amount",
                "{'amount': 1e2147483647} | amount",
                "{'amount': 1e2147483648} | amount",
                "{'amount': -1e99999999999} | amount",
                "{'metadata': {'a': [1e-99999999999]}} | metadata.a[0]",
                "{'metadata': {'a': 0e99999999999}} | metadata.a",
                "{'numbers': [1, null]} | numbers",
                "{'at': '+294277-01-01T00:00:00Z'} | at",
                "{'at': '0000-01-01T00:00:00Z'} | at",
                "{'at': '-0001-01-01T00:00:00Z'} | at",
                "{'at': 1700000000} | at",
                "{'id': 5} | id",
                "{'id': '1-1-1-1-1'} | id",
            })
    void valuesThatCannotBeStoredAreRefusedByTheirPath(String json, String field) {
        FieldError error = refusedFree(json.replace('\'', '"'));
        assertThat(error.field()).startsWith(field);
        assertThat(error.code()).isIn("REQUIRED", "UNKNOWN", "TYPE", "LENGTH", "RANGE", "FORMAT", "INVALID");
    }

    @Test
    void anEmojiAndNullsInFreeObjectsAreTaken() {
        Free free = decoder.body(
                Mount.of("Things"),
                FREE,
                "{\"metadata\": {\"a\": \"\\ud83d\\ude00\", \"b\": [null], \"c\": 1.5e300}, \"at\": \"9999-12-31T23:59:59Z\"}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(free.metadata()).containsEntry("a", "\ud83d\ude00");
    }

    @Test
    void aGoodBodyIsDecodedExactly() {
        Order order = decode(
                "{\"to_account_id\":\"019a0000-0000-7000-8000-000000000001\",\"amount\":0.10,\"colour\":\"green\"}");
        assertThat(order.amount()).isEqualTo(new BigDecimal("0.10"));
        assertThat(order.colour()).isEqualTo(Colour.GREEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|MALFORMED_JSON|''|A JSON body is needed.",
                "null|MALFORMED_JSON|''|The body must be a JSON object.",
                "[1]|MALFORMED_JSON|''|The body must be a JSON object.",
                "{\"amount\":|MALFORMED_JSON|''|not well-formed JSON",
                "{\"amount\":NaN}|MALFORMED_JSON|''|not well-formed JSON",
                "{\"amount\":1,\"amount\":2}|MALFORMED_JSON|''|stands twice",
                "{} {}|MALFORMED_JSON|''|",
                "{\"amont\":1}|INVALID_REQUEST|amont|amont is not a known member.",
                "{\"amount\":\"1\"}|INVALID_REQUEST|amount|amount must be a number.",
                "{\"amount\":{}}|INVALID_REQUEST|amount|amount must be a number.",
                "{\"to_account_id\":\"1\"}|INVALID_REQUEST|to_account_id|to_account_id must be a UUID.",
                "{\"memo\":1}|INVALID_REQUEST|memo|memo must be a string.",
                "{\"memo\":\"a\\u0000b\"}|INVALID_REQUEST|memo|memo must not hold a NUL character.",
                "{\"colour\":\"blue\"}|INVALID_REQUEST|colour|colour must be one of red, green.",
                "{\"colour\":0}|INVALID_REQUEST|colour|colour must be one of red, green.",
            })
    void aBadBodyIsRefusedInTheClientsWords(String json, String code, String field, String message) {
        Rejection refused = catchThrowableOfType(Rejection.class, () -> decode(json));
        assertThat(refused.code().name()).isEqualTo(code);
        assertThat(refused.getMessage())
                .contains(message == null ? "" : message)
                .doesNotContain("java.", "Order");
        assertThat(refused.details().stream().map(FieldError::field).findFirst().orElse(""))
                .isEqualTo(field == null ? "" : field);
    }

    @Test
    void everyBrokenConstraintIsNamedAtOnce() {
        Rejection refused = catchThrowableOfType(Rejection.class, () -> decode("{\"memo\":\"too long\"}"));
        assertThat(refused.details().stream().map(FieldError::field))
                .containsExactly("amount", "memo", "to_account_id");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] json = {'{', '"', 'm', '"', ':', '"', (byte) 0xff, '"', '}'};
        Rejection refused =
                catchThrowableOfType(Rejection.class, () -> decoder.body(Mount.of("Things"), ENDPOINT, json));
        assertThat(refused.code()).isEqualTo(EndpointError.MALFORMED_JSON);
    }

    @Test
    void deepNestingIsRefused() {
        Rejection refused = catchThrowableOfType(Rejection.class, () -> decode("{\"memo\":" + "[".repeat(100_000)));
        assertThat(refused.code().kind()).isEqualTo(EndpointError.MALFORMED_JSON.kind());
    }

    @Test
    void parametersHaveTheirDeclaredType() {
        Request request =
                new Request(Map.of(), Map.of("since", "2026-01-31T12:00:00Z", "count", "7"), new byte[0], null, null);
        assertThat(Parameters.read(ENDPOINT, request))
                .containsEntry("since", Instant.parse("2026-01-31T12:00:00Z"))
                .containsEntry("count", 7);
        Request bad = new Request(Map.of(), Map.of("since", "yesterday", "count", "1e3"), new byte[0], null, null);
        Rejection refused = catchThrowableOfType(Rejection.class, () -> Parameters.read(ENDPOINT, bad));
        assertThat(refused.details().stream().map(FieldError::field)).containsExactly("since", "count");
    }
}
