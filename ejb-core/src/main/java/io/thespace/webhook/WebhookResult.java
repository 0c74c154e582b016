package io.thespace.webhook;

import io.thespace.gateway.outbound.OutboundAnswer;
import jakarta.annotation.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * The result of an attempt.
 *
 * @param outcome as in {@link WebhookDeliveryView}
 * @param unavailable whether the receiver is temporarily unavailable, so that no other event would be delivered either
 * @param unanswered whether the request was sent but got no response
 * @param retryAfter the delay that the receiver requests; zero without one
 * @param error null when it was successful
 */
public record WebhookResult(
        Instant at,
        long millis,
        String outcome,
        boolean unavailable,
        boolean unanswered,
        Duration retryAfter,
        @Nullable Integer status,
        @Nullable String error,
        String answer) {

    private static final int GONE = 410;

    /** Too Many Requests, and what servers answer that stand before one that is away. */
    private static final Set<Integer> UNAVAILABLE = Set.of(429, 502, 503, 504);

    /** Nothing was sent, since there is nothing to sign it with. */
    static WebhookResult unsigned() {
        return new WebhookResult(
                Instant.now(),
                0,
                WebhookDeliveryView.UNREACHABLE,
                true,
                false,
                Duration.ZERO,
                null,
                "The webhook's secret does not open on this node; its log says why. Rotate the secret.",
                "");
    }

    static WebhookResult of(Instant at, OutboundAnswer answer) {
        Integer status = answer.status();
        if (status == null) {
            boolean unanswered = answer.failure() == OutboundAnswer.Failure.UNANSWERED;
            return new WebhookResult(
                    at,
                    answer.millis(),
                    WebhookDeliveryView.UNREACHABLE,
                    true,
                    unanswered,
                    Duration.ZERO,
                    null,
                    unanswered
                            ? "The receiver did not respond in time or closed the connection."
                            : "The receiver cannot be reached: its name is not found, its address may not be used, or nothing"
                                    + " listens there.",
                    "");
        }
        boolean delivered = status / 100 == 2;
        return new WebhookResult(
                at,
                answer.millis(),
                delivered ? WebhookDeliveryView.DELIVERED : WebhookDeliveryView.FAILED,
                UNAVAILABLE.contains(status),
                false,
                Objects.requireNonNullElse(answer.retryAfter(), Duration.ZERO),
                status,
                delivered ? null : "The receiver answered with the status %d.".formatted(status),
                answer.beginning());
    }

    boolean delivered() {
        return outcome.equals(WebhookDeliveryView.DELIVERED);
    }

    boolean gone() {
        return status != null && status == GONE;
    }
}
