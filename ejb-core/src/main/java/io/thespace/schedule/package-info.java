/**
 * Schedules: times at which runs of workflows start, by cron expression or once.
 *
 * <p>Invariants: at each time at most one run of a schedule starts, whichever node looks first; the run, the schedule's next time
 * and what the time came to are one transaction.
 *
 * <p>May fail: a schedule whose workflow is disabled, or whose earlier run has not ended, starts nothing at that time and tells why
 * in {@code last_outcome}. While no node runs times pass; {@code catch_up} says which are made up for.
 */
package io.thespace.schedule;
