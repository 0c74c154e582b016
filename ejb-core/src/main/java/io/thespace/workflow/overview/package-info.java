/**
 * Workflows together with their runs, to be looked at: each workflow with its last run, and diagrams of workflows and runs.
 *
 * <p>Invariants: nothing here changes a workflow or a run. A run's diagram is drawn of the run's version, not of the latest.
 *
 * <p>May fail: {@code WORKFLOW_NOT_FOUND} and {@code RUN_NOT_FOUND}.
 */
package io.thespace.workflow.overview;
