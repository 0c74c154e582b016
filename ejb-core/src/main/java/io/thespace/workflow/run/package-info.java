/**
 * Runs of workflows: they are started by a call, a schedule, an event or a step of another run, do their steps, wait for events,
 * times, people and other runs, and end. The engine calls {@link io.thespace.workflow.run.ServiceStep}, {@link
 * io.thespace.workflow.run.CallStep} and {@link io.thespace.workflow.run.Conditions}, and reports to {@link
 * io.thespace.workflow.run.RunRecorder} and {@link io.thespace.workflow.run.FailedSteps}.
 *
 * <p>Invariants: a step's effect, its record and the engine's state commit together in one JTA transaction. A run stays with its
 * version of the workflow. A trigger starts at most one run of a workflow. No end of a run and no event is missed by what waits for
 * it.
 *
 * <p>May fail: a step that fails is repeated as its retry says; then the run has failed and waits for {@code retry} or {@code
 * cancel}. While the database is away nothing goes on, and nothing is lost.
 */
package io.thespace.workflow.run;
