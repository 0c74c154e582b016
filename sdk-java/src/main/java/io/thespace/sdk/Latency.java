package io.thespace.sdk;

import java.time.Instant;

/**
 * Latencies of calls in a bucket: the 50th, 95th and 99th percentile.
 *
 * @param startsAt when the bucket starts
 * @param calls the number of calls with a known latency
 * @param p50Ms null without calls
 */
public record Latency(Instant startsAt, long calls, Long p50Ms, Long p95Ms, Long p99Ms) {}
