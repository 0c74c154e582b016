/**
 * Documents of the CNCF Serverless Workflow DSL 1.0, read and made into the same {@link
 * io.thespace.workflow.document.WorkflowModel} as documents in BPMN.
 *
 * <p>Invariants: a model holds nothing that is not understood. The name of a task is the id of its element; the elements that
 * belong to it besides have its name, a point and a word.
 *
 * <p>May fail: {@code INVALID_WORKFLOW}, with each place as a JSON Pointer (RFC 6901) and the reason.
 */
package io.thespace.workflow.dsl;
