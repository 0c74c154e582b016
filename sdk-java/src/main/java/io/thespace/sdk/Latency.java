package io.thespace.sdk;

import java.time.Instant;

/**
 * How long calls took in a stretch of time: what half, 95 and 99 of a hundred did not exceed.
 *
 * @param startsAt when the bucket starts
 * @param calls of how many it is known
 * @param p50Ms null without calls
 */
public record Latency(Instant startsAt, long calls, Long p50Ms, Long p95Ms, Long p99Ms) {}
