/**
 * Documents of workflows: read, checked and made into a {@link io.thespace.workflow.document.WorkflowModel}, and the expressions in
 * them.
 *
 * <p>Invariants: a model holds nothing that is not understood; a workflow whose runs could wait for ever or multiply is none.
 *
 * <p>May fail: {@code INVALID_WORKFLOW}, with each place and reason.
 */
package io.thespace.workflow.document;
