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
 * One request of a scenario, or one frame on its session's WebSocket. In its path, its headers and the texts of its body
 * {@code ${name}} stands for a variable; a text that is nothing else becomes the variable's own JSON value. What is left out
 * is left out again when it is written, so that a check for null stays apart from none.
 *
 * @param name unique in its scenario
 * @param kind how it is made; HTTP when null
 * @param method of an HTTP step; null for a frame
 * @param path on this platform, with a query where there is one; of a frame, that of the WebSocket
 * @param body any JSON, or the frame to send; null for none
 * @param headers beside those that every request has, or of the handshake when this step makes it; null for none
 * @param capture variables to take from the answer or the frame that came, by name a JSON Pointer (RFC 6901); null for none
 * @param thinkMillis how long an average persona thinks before it; null for not at all
 * @param optional whether a persona may leave it out, and goes on when it fails; null for no
 * @param expect what has to come; null for any status from 200 to 299
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

    /** How a step is made. */
    public enum Kind {
        @JsonProperty("http")
        HTTP,
        /** Opens the session's WebSocket when it has none yet, sends the body as a frame, and waits for what is expected. */
        @JsonProperty("websocket")
        WEBSOCKET
    }

    /**
     * What an answer has to be, or which frame has to come.
     *
     * @param status of an HTTP answer, exactly; null for any from 200 to 299
     * @param maxMillis how long it should take: longer is slow and fails nothing; null for as long as it may
     * @param checks of its body, all of which have to hold; frames of the type for which they do not are passed over; null
     *     for none
     * @param frame the type of the frame that has to come; null in an HTTP step, and where none is waited for
     * @param withinMillis when a frame has to have come; null for as long as any step may take
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Expectation(
            @Min(100) @Max(599) Integer status,
            @Min(1) @Max(60_000) Integer maxMillis,
            @Valid @Size(max = 20) List<Check> checks,
            @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String frame,
            @Min(1) @Max(10_000) Integer withinMillis) {}

    /**
     * One look at an answer's body. One of its three questions is asked.
     *
     * @param pointer a JSON Pointer (RFC 6901)
     * @param equal the value that stands there; a text may hold variables
     * @param exists whether anything stands there
     * @param matches a regular expression that the whole text there matches
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
