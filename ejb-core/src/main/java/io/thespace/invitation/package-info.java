/**
 * Invitations into an organization: a code of 100 bits that may be printed, sent and shown as a QR code, and a PIN that
 * travels another way. Whoever brings both becomes a user with a membership and the invitation's role.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Of a PIN there is only its Argon2id hash; it is told once, when the invitation is made, and never logged.
 *   <li>An unknown code costs the same work as a wrong PIN and answers the same.
 *   <li>An invitation brings in no more people than it may: a use is counted under the row's lock, in the transaction that
 *       makes the membership.
 *   <li>The same person accepts an invitation once; again is the same answer and no further use.
 *   <li>The tenant is bound before a transaction begins, from the invitation whose PIN was right.
 * </ul>
 *
 * <p>What may fail: with the database away no invitation is accepted. With Redis away wrong PINs are counted by each node for itself.
 */
package io.thespace.invitation;
