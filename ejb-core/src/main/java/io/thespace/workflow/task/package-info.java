/**
 * The tasks that people do in runs of workflows.
 *
 * <p>Invariants: a task is seen and done by the user that it is assigned to, or by those with its role; never by the user who
 * started the run when the document excludes that one. It is completed once, in one transaction with the run's next step.
 *
 * <p>May fail: a task that is completed, cancelled or claimed by another user is refused with the reason; without the engine no task
 * can be completed.
 */
package io.thespace.workflow.task;
