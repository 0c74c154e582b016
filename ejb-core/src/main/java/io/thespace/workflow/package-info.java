/**
 * Workflows: definitions in BPMN 2.0 and in the Serverless Workflow DSL with their versions, and what Flowable, which executes them
 * inside the application, is given of them. Its state is in schema {@code flow}, and what the platform tells about it in tables of
 * its own. Beside this package, each above the ones before: {@code run} has the runs of workflows and what their steps do; {@code
 * task} the tasks that people do in them; {@code engine} starts and stops the engine; {@code overview} shows workflows together
 * with their runs. None of them is known here.
 *
 * <p>Invariants: a version of a definition never changes. What the engine is given is made of a checked model; no document goes to
 * it. Only these packages ask the engine, and always by an id that a table with row-level security holds, since the engine's own
 * tables have none.
 *
 * <p>May fail: a definition with a construct that is not supported is refused when it comes, with the place and the reason. Before
 * the engine has started and after it has stopped, whatever needs it gets {@link
 * io.thespace.workflow.WorkflowError#WORKFLOWS_UNAVAILABLE}.
 */
package io.thespace.workflow;
