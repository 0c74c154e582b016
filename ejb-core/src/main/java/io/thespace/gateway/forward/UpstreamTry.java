package io.thespace.gateway.forward;

/**
 * One attempt at an upstream, when it is over.
 *
 * @param origin scheme, host and port (RFC 6454)
 * @param outcome {@code worked}, {@code failed}, or {@code unknown} when the caller went away or was the slow one
 * @param error the code of why it failed; null when it answered
 * @param status what it answered with; null when it did not
 * @param firstByteMillis until its answer began; null when it did not
 * @param millis until it was over
 */
public record UpstreamTry(
        String origin, String outcome, String error, Integer status, Long firstByteMillis, long millis) {}
