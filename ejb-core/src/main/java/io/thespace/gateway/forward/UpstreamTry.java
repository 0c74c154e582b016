package io.thespace.gateway.forward;

/**
 * One completed attempt at an upstream.
 *
 * @param origin scheme, host and port (RFC 6454)
 * @param outcome {@code worked}, {@code failed}, or {@code unknown} when the caller disconnected or was the slow side
 * @param error the error code of a failure; null when it responded
 * @param status the response status; null without a response
 * @param firstByteMillis until the response began; null without a response
 * @param millis until the attempt ended
 */
public record UpstreamTry(
        String origin, String outcome, String error, Integer status, Long firstByteMillis, long millis) {}
