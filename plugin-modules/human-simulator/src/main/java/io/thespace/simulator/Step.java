package io.thespace.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.plugin.api.Method;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;

/**
 * One request of a scenario, or one frame on its session's WebSocket. In its path, its headers and the texts of its
 * body {@code ${name}} stands for a variable; a text that consists of it alone becomes the variable's JSON value.
 * Omitted members are omitted again on output, so that a check for null differs from none.
 *
 * @param name unique in its scenario
 * @param kind the kind of step; HTTP when null
 * @param method of an HTTP step; null for a frame
 * @param path on this platform, with an optional query; for a frame, that of the WebSocket
 * @param body any JSON, or the frame to send; null for none
 * @param headers in addition to those of every request, or of the handshake when this step opens the WebSocket; null
 *     for none
 * @param capture variables to set from the response or the received frame, by name a JSON Pointer (RFC 6901); null for
 *     none
 * @param thinkMillis the thinking time of an average persona before it; null for none
 * @param optional whether a persona may skip it, and continues when it fails; null for no
 * @param expect the expectation; null for any status from 200 to 299
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String name,
        Kind kind,
        Method method,
        @NotNull @Size(max = 2000) @Pattern(regexp = "/api/[^\\s#]*") String path,
        JsonNode body,
        @Size(max = 20) Map<String, String> headers,
        @Size(max = 20) Map<String, String> capture,
        @Min(0) @Max(60_000) Integer thinkMillis,
        Boolean optional,
        @Valid Expectation expect) {

    /** The kind of a step. */
    public enum Kind {
        @JsonProperty("http")
        HTTP,
        /** Opens the session's WebSocket when it has none yet, sends the body as a frame, and waits for what is expected. */
        @JsonProperty("websocket")
        WEBSOCKET
    }

    /**
     * The expected response or frame.
     *
     * @param status of an HTTP response, exact match; null for any from 200 to 299
     * @param maxMillis the expected duration: a longer one counts as slow, not as a failure; null for no expectation
     * @param checks of its body, all of which must be satisfied; frames of the type that do not satisfy them are
     *     skipped; null for none
     * @param frame the type of the expected frame; null in an HTTP step, and where none is expected
     * @param withinMillis the time limit of a frame; null for the time limit of steps
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Expectation(
            @Min(100) @Max(599) Integer status,
            @Min(1) @Max(60_000) Integer maxMillis,
            @Valid @Size(max = 20) List<Check> checks,
            @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String frame,
            @Min(1) @Max(10_000) Integer withinMillis) {}

    /**
     * A check of a response body. Exactly one of its three conditions is given.
     *
     * @param pointer a JSON Pointer (RFC 6901)
     * @param equal the expected value; a text may contain variables
     * @param exists whether a value is present
     * @param matches a regular expression that the whole text matches
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Check(
            @NotNull @Size(max = 500) @Pattern(regexp = "(/[^\\s]*)?") String pointer,
            @JsonProperty("equals") JsonNode equal,
            Boolean exists,
            @Size(max = 200) String matches) {}

    boolean isFrame() {
        return kind == Kind.WEBSOCKET;
    }

    boolean mayBeLeftOut() {
        return Boolean.TRUE.equals(optional);
    }
}
