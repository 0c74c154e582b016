/**
 * Workflows: definitions in BPMN 2.0 and in the Serverless Workflow DSL with their versions, and their conversion for
 * Flowable, which executes them inside the application. The engine's state is in schema {@code flow}, and the
 * platform's own state in tables of its own. Further packages, each dependent on the previous ones: {@code run}
 * contains the runs of workflows and their steps; {@code task} the tasks for people; {@code engine} starts and stops
 * the engine; {@code overview} combines workflows with their runs. This package depends on none of them.
 *
 * <p>Invariants: a version of a definition never changes. The engine gets only converted, checked models, never a
 * document. Only these packages call the engine, and always by an id that a table with row-level security holds, since
 * the engine's own tables have none.
 *
 * <p>Failures: a definition with an unsupported construct is rejected when it is submitted, with the location and the
 * reason. Before the engine has started and after it has stopped, calls that need it get {@link
 * io.thespace.workflow.WorkflowError#WORKFLOWS_UNAVAILABLE}.
 */
package io.thespace.workflow;
