/**
 * Invitations into an organization: a code of 100 bits that may be printed, sent and shown as a QR code, and a PIN that
 * travels another way. A person with both becomes a user with a membership and the invitation's role.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A PIN is stored only as an Argon2id hash; it is returned once, when the invitation is created, and never
 *       logged.
 *   <li>An unknown code takes the same time and gets the same response as a wrong PIN.
 *   <li>An invitation does not exceed its maximum of uses: a use is counted under the row's lock, in the transaction
 *       that creates the membership.
 *   <li>Accepting an invitation is idempotent: a repetition by the same person returns the same response without
 *       another use.
 *   <li>The tenant is bound before a transaction begins, from the invitation whose PIN was verified.
 * </ul>
 *
 * <p>Failures: while the database is unavailable, no invitation is accepted. While Redis is unavailable, each node
 * counts wrong PINs by itself.
 */
package io.thespace.invitation;
