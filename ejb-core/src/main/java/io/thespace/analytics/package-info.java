/**
 * Analytics: usage, cost, latency and error rate of the organization's agents over time.
 *
 * <p>A measurement is added to the totals in the transaction that records it: to one row of its minute, one of its hour
 * and one of its day. A query therefore reads only totals. Each bucket has eight rows, chosen by session: a row is
 * locked until its transaction ends, and a single row per agent would serialize all its sessions. Rows are locked from
 * minute to day, which prevents deadlocks.
 *
 * <p>Latencies are stored as histograms whose bins grow by a constant factor. All buckets and nodes use the same bins,
 * so histograms are added without loss, and a percentile of the sum is at most {@link
 * io.thespace.analytics.Latencies#ERROR} off (C. Masson, J. Rim, H. Lee: DDSketch, PVLDB 12(12), 2019).
 *
 * <p>Invariants: what a transaction recorded is counted exactly when it committed; no row contains personal data.
 *
 * <p>Failures: the codes of {@link io.thespace.analytics.AnalyticsError}, and the database.
 */
package io.thespace.analytics;
