/**
 * Workflows: definitions in BPMN 2.0, their runs, and the tasks that people do in them. Flowable executes them inside the
 * application; its state is in schema {@code flow}, and what the platform tells about it in tables of its own.
 *
 * <p>Invariants: a step's effect, its record and the engine's state commit together in one JTA transaction. A version of a
 * definition never changes, and a run stays with its version. Only this package asks the engine, and always by an id that a
 * table with row-level security holds, since the engine's own tables have none.
 *
 * <p>May fail: a definition with a construct that is not supported is refused when it comes, with the place and the reason. A
 * step that fails is repeated as its retry says; then the run has failed and waits for {@code retry} or {@code cancel}. While
 * the database is away nothing goes on, and nothing is lost.
 */
package io.thespace.workflow;
