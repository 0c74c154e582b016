package io.thespace.gateway.outbound;

import jakarta.annotation.Nullable;
import java.time.Duration;

/**
 * The result of an {@link OutboundRequest}.
 *
 * @param status null without a response
 * @param failure why there is no response; null when there is one
 * @param retryAfter the delay that the receiver requests; null without one
 * @param beginning of the response body, as UTF-8, without what PostgreSQL cannot store; empty for none
 * @param millis the duration
 */
public record OutboundAnswer(
        @Nullable Integer status,
        @Nullable Failure failure,
        @Nullable Duration retryAfter,
        String beginning,
        long millis) {

    /** Why there is no response. */
    public enum Failure {
        /** No connection: the name was not resolved, the address is not allowed, or the connection was refused. */
        UNREACHABLE,
        /** The request was sent, and no response was received in time, or the connection was closed. */
        UNANSWERED
    }
}
