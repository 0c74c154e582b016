/**
 * Runs of workflows: they are started by a call, a schedule, an event or a step of another run, execute their steps,
 * wait for events, times, people and other runs, and end. The engine calls {@link
 * io.thespace.workflow.run.ServiceStep}, {@link io.thespace.workflow.run.CallStep} and {@link
 * io.thespace.workflow.run.Conditions}, and reports to {@link io.thespace.workflow.run.RunRecorder} and {@link
 * io.thespace.workflow.run.FailedSteps}.
 *
 * <p>Invariants: a step's effect, its record and the engine's state commit together in one JTA transaction. The
 * workflow version of a run does not change. A trigger starts at most one run of a workflow. A step that waits for a
 * run or an event does not miss it.
 *
 * <p>Failures: a failed step is retried by its retry policy; then the run has failed and waits for {@code retry} or
 * {@code cancel}. While the database is unavailable, runs pause and nothing is lost.
 */
package io.thespace.workflow.run;
