/**
 * Tasks for people in runs of workflows.
 *
 * <p>Invariants: a task can be read and completed by the user to whom it is assigned, or by users with its role; never
 * by the user who started the run if the document excludes them. It is completed once, in one transaction with the
 * run's next step.
 *
 * <p>Failures: completing a task that is completed, cancelled or claimed by another user is rejected with the reason;
 * without the engine no task can be completed.
 */
package io.thespace.workflow.task;
