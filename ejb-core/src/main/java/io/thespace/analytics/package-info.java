/**
 * Analytics: what was done with the organization's agents over time, what it cost, how long it took and how much of it failed.
 *
 * <p>Whoever records something adds it up in the same transaction: to one row of its minute, one of its hour and one of its
 * day, so that a question reads as many rows as its answer needs and never what was added up. Rows of one stretch of time are
 * eight, by session: a row is locked until its transaction ends, and with one row per agent everybody who talks to it would
 * wait in a line. Rows are locked from minute to day, so that no deadlock occurs.
 *
 * <p>How long calls took is a histogram whose bins grow by a constant factor, which histograms of any stretch of time and of
 * any node share: they are added up without loss, and a percentile of the sum is at most {@link
 * io.thespace.analytics.Latencies#ERROR} off (C. Masson, J. Rim, H. Lee: DDSketch, PVLDB 12(12), 2019).
 *
 * <p>Invariants: what a transaction recorded is counted exactly when it committed; nothing here is about a person.
 *
 * <p>What may fail: nothing but what {@link io.thespace.analytics.AnalyticsError} says, and the database.
 */
package io.thespace.analytics;
