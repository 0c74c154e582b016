package io.thespace.gateway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.RouteOrder;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Request to create or replace a model. Members that are null or left out have the defaults below. What is left out, or
 * null, is as the parameters below say.
 *
 * @param name the name that callers use
 * @param baseUrl the URL before {@code /chat/completions}, for example {@code https://api.example.org/v1}; needed,
 *     unless the model is of the kind {@code onnx}, which has no server: that has none of the members but {@code name},
 *     {@code kind}, {@code roles}, {@code requests_per_minute}, {@code total_millis} and {@code concurrency}
 * @param upstreamModel its name at its server; needed like {@code base_url}
 * @param apiKey the bearer token for its server. It is encrypted and never returned; when left out the current one is
 *     kept, an empty one removes it
 * @param roles who may use it: {@code guest}, {@code user}, {@code admin}; a higher role includes the lower ones;
 *     {@code user} when left out
 * @param maxTokens the maximum of output tokens per call, sent with every request; when left out none is sent unless
 *     the caller sets one
 * @param requestsPerMinute its rate limit over all callers and nodes; none when left out
 * @param connectMillis the time limit for connecting; 2000
 * @param firstByteMillis the time limit for the start of the response, which without streaming is the end of the
 *     generation; 60000
 * @param totalMillis the time limit of the exchange; 120000, or 10000 for {@code onnx}
 * @param concurrency the maximum of concurrent calls from a node; 16
 * @param fallback the model that is called when this one fails; none when left out
 * @param parameters the parameters that its server accepts: {@code max_tokens} or {@code max_completion_tokens}, {@code
 *     temperature}, {@code system}, {@code stream_options}; a request with one that is missing here is refused. {@code
 *     max_tokens}, {@code temperature}, {@code system}, {@code stream_options} when left out
 * @param price its price; costs are not recorded when left out
 * @param kind its kind: {@code chat}, {@code embeddings} or {@code onnx}; {@code chat} when left out. It never changes
 */
public record ModelOrder(
        @NotNull
                @Pattern(
                        regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
                        message = "must be up to 63 letters, digits, . _ and -, the first a letter or a digit")
                String name,
        @Size(max = 500) String baseUrl,
        @Size(max = 200) String upstreamModel,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
                @Size(max = 500)
                @Pattern(regexp = "[!-~]*", message = "must be visible ASCII characters")
                String apiKey,
        @Size(min = 1, max = 3)
                List<@NotNull @Pattern(regexp = "guest|user|admin", message = "must be guest, user or admin") String>
                        roles,
        @Min(1) @Max(1_000_000) Integer maxTokens,
        @Min(1) @Max(1_000_000) Integer requestsPerMinute,
        @Min(10) @Max(60_000) Integer connectMillis,
        @Min(10) @Max(600_000) Integer firstByteMillis,
        @Min(10) @Max(3_600_000) Integer totalMillis,
        @Min(1) @Max(1000) Integer concurrency,
        @Size(max = 63) String fallback,
        @Size(max = 10) List<@NotNull ModelParameter> parameters,
        @Valid ModelPrice price,
        ModelKind kind) {

    /** For the documentation. */
    public static final ModelOrder EXAMPLE = new ModelOrder(
            "local-llama-3-8b",
            "https://models.example.org/v1",
            "llama-3-8b-instruct",
            "sk-example",
            List.of("user"),
            4_096,
            600,
            1_000,
            60_000,
            120_000,
            8,
            null,
            ModelParameter.USUAL,
            new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.6"), "USD"),
            ModelKind.CHAT);

    /** Returns a copy in which defaults replace omitted members, except the key. */
    public ModelOrder complete() {
        return new ModelOrder(
                name,
                baseUrl == null ? null : baseUrl.strip(),
                upstreamModel == null ? null : upstreamModel.strip(),
                null,
                roles == null ? List.of("user") : roles.stream().distinct().toList(),
                maxTokens,
                requestsPerMinute,
                Optional.ofNullable(connectMillis).orElse(2_000),
                Optional.ofNullable(firstByteMillis).orElse(60_000),
                Optional.ofNullable(totalMillis).orElse(kind == ModelKind.ONNX ? 10_000 : 120_000),
                Optional.ofNullable(concurrency).orElse(16),
                fallback,
                parameters == null
                        ? ModelParameter.USUAL
                        : parameters.stream().distinct().sorted().toList(),
                price,
                kind == null ? ModelKind.CHAT : kind);
    }

    /**
     * Refuses what no constraint of a member can.
     *
     * @throws Rejection {@code INVALID_MODEL}, naming each member at fault
     */
    ModelOrder checked(AddressRule addresses) {
        List<FieldError> faults = new ArrayList<>();
        if (kind == ModelKind.ONNX) {
            Stream.of(
                            given("base_url", baseUrl),
                            given("upstream_model", upstreamModel),
                            given("api_key", apiKey),
                            given("max_tokens", maxTokens),
                            given("fallback", fallback),
                            given("price", price))
                    .flatMap(Optional::stream)
                    .forEach(member -> faults.add(new FieldError(
                            member, "must be left out: an ONNX model runs in the platform's own process")));
        } else {
            served(addresses, faults);
        }
        if (price != null
                && Currency.getAvailableCurrencies().stream()
                        .noneMatch(one -> one.getCurrencyCode().equals(price.currency()))) {
            faults.add(new FieldError("price.currency", "must be an ISO 4217 currency code"));
        }
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return this;
    }

    private static Optional<String> given(String member, Object value) {
        return value == null ? Optional.empty() : Optional.of(member);
    }

    /** Validates the members of a model that has a server. */
    private void served(AddressRule addresses, List<FieldError> faults) {
        String fault = baseUrl == null ? "must be given" : RouteOrder.fault(baseUrl.strip(), addresses);
        if (fault != null) {
            faults.add(new FieldError("base_url", fault));
        }
        if (upstreamModel == null || upstreamModel.isBlank()) {
            faults.add(new FieldError("upstream_model", "must be given"));
        }
        if (name.equals(fallback)) {
            faults.add(new FieldError("fallback", "must be another model"));
        }
        List<ModelParameter> taken = parameters == null ? ModelParameter.USUAL : parameters;
        boolean old = taken.contains(ModelParameter.MAX_TOKENS);
        boolean current = taken.contains(ModelParameter.MAX_COMPLETION_TOKENS);
        if (old && current) {
            faults.add(new FieldError("parameters", "must hold max_tokens or max_completion_tokens, not both"));
        }
        if (maxTokens != null && !old && !current) {
            faults.add(new FieldError(
                    "max_tokens", "must be left out: parameters says that the server takes no maximum of tokens"));
        }
        if (kind == ModelKind.EMBEDDINGS && maxTokens != null) {
            faults.add(new FieldError("max_tokens", "must be left out: an embeddings model writes no tokens"));
        }
        if (kind == ModelKind.EMBEDDINGS && fallback != null) {
            faults.add(new FieldError("fallback", "must be left out: vectors of two models cannot be compared"));
        }
    }

    static Rejection invalid(List<FieldError> faults) {
        return Rejection.of(GatewayError.INVALID_MODEL, faults);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ModelOrder[" + name + "]";
    }
}
