/**
 * Who did what to which resource, and what came of it: a record for each call that changes something, or was meant to.
 *
 * <p>The pipeline inserts the record of a success in the transaction of its effect, so that it is there exactly when the effect
 * is; a refusal has no effect, and is written afterwards by {@link io.thespace.audit.AuditAfterwards}. A record
 * tells digests of contents and never the contents. {@link io.thespace.audit.AuditSealing} moves records into the chain of
 * their organization, where each holds the hash of the one before; {@link io.thespace.audit.AuditEvents} reads and verifies
 * them.
 *
 * <p>Invariants: the application's database role can neither change nor delete a record, nor put one into a chain; one
 * tenant never sees another's. What may fail: a success whose record cannot be written is no success. Records of refusals
 * are lost when more come than can be written, or when the node dies within a moment; the log says so where it can.
 */
package io.thespace.audit;
