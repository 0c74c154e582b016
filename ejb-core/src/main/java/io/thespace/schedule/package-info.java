/**
 * Schedules: times at which runs of workflows start, by cron expression or once.
 *
 * <p>Invariants: at each time at most one run of a schedule starts, over all nodes; the run, the schedule's next time
 * and the outcome are one transaction.
 *
 * <p>Failures: a schedule whose workflow is disabled, or whose earlier run has not ended, starts no run at that time
 * and records the reason in {@code last_outcome}. Times are missed while no node runs; {@code catch_up} defines which
 * are caught up on.
 */
package io.thespace.schedule;
