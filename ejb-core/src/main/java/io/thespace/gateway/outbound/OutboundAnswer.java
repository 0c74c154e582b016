package io.thespace.gateway.outbound;

import jakarta.annotation.Nullable;
import java.time.Duration;

/**
 * What came of an {@link OutboundRequest}.
 *
 * @param status null when no answer came
 * @param failure why none came; null when one did
 * @param retryAfter when the receiver wants to be asked again; null where it does not say
 * @param beginning of the answer's body, as UTF-8, without what PostgreSQL cannot store; empty for none
 * @param millis it took
 */
public record OutboundAnswer(
        @Nullable Integer status,
        @Nullable Failure failure,
        @Nullable Duration retryAfter,
        String beginning,
        long millis) {

    /** Why no answer came. */
    public enum Failure {
        /** No connection: the name is not found, the address may not be used, or nothing listens there. */
        UNREACHABLE,
        /** The request was sent, and no answer came in time, or the connection was closed. */
        UNANSWERED
    }
}
