/**
 * Numbers of this node for Prometheus: how often, how long, and what was refused.
 *
 * <p>Invariants: recording costs a look-up and a few additions, and never fails a call; the number of time series is
 * bounded, whatever callers send.
 */
package io.thespace.metrics;
