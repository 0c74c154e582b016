/**
 * The workflow engine, Flowable, in this application: its set-up, its transactions, its threads, and the take-over of steps from
 * nodes that are gone (ADR 0047).
 *
 * <p>Invariants: each command of the engine runs in a JTA transaction on the transaction's one connection. The engine's expressions
 * see three beans and nothing else. A step is locked for one node, which holds a lock of the database's session as long as it
 * lives.
 *
 * <p>May fail: while the database is away the nodes are not watched, and steps wait.
 */
package io.thespace.workflow.engine;
