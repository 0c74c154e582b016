package io.thespace.session;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;

/**
 * Request to open a session.
 *
 * @param agentId the agent
 * @param subject the person it is about, by an identifier of the organization, such as an email address or a customer's
 *     number; null for the user who opens it
 * @param idleTimeoutSeconds the idle timeout; null for {@code SPACE_SESSION_IDLE_SECONDS}
 * @param metadata any JSON object of up to 8,000 characters; null for an empty one
 */
public record SessionOrder(
        @NotNull UUID agentId,
        @Size(min = 1, max = 200) @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*", message = "must not be blank")
                String subject,
        @Min(5) @Max(2_592_000) Integer idleTimeoutSeconds,
        @Size(max = 100) Map<String, Object> metadata) {

    /** For the documentation. */
    public static final SessionOrder EXAMPLE = new SessionOrder(
            SessionView.EXAMPLE.agentId(), SessionView.EXAMPLE.subject(), 1800, SessionView.EXAMPLE.metadata());
}
