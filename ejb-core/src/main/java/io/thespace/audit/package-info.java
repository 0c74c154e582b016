/**
 * The audit: a record of caller, action, resource and outcome for each call that changes data, or attempts to.
 *
 * <p>The pipeline inserts the record of a success in the transaction of its effect, so that it is there exactly when
 * the effect is; a refusal has no effect, and is written afterwards by {@link io.thespace.audit.AuditAfterwards}. A
 * record contains digests of contents, never the contents. {@link io.thespace.audit.AuditSealing} moves records into
 * the chain of their organization, where each contains the hash of the previous one; {@link
 * io.thespace.audit.AuditEvents} reads and verifies them.
 *
 * <p>Invariants: the application's database role can neither change nor delete a record, nor put one into a chain; one
 * tenant never sees another's. Failures: a call whose record cannot be written is rolled back. Records of refusals are
 * lost when they arrive faster than they can be written, or when the node dies right after the refusal; lost records
 * are logged where possible.
 */
package io.thespace.audit;
