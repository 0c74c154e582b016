/**
 * What people may ask about their data (GDPR articles 15, 17 and 20): to see it, to take it along, to have it erased; and
 * legal holds, which keep it from being erased.
 *
 * <p>A request is a job. {@link io.thespace.privacy.DataRequestWork} takes it with a lease, on any node, and asks every
 * {@link io.thespace.plugin.api.PersonalData} there is: those of the platform's capabilities, which are found as beans, and
 * those of the plugins that run. Each batch is a transaction of its own, which first looks whether the lease still holds.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A job is completed only when nothing is left: every store says so itself, no data lies in a plugin's schema that
 *       no store answers for, and a search of all the organization's rows for the identifier finds nothing. Until then it is
 *       {@code blocked}, says by what, and is tried again.
 *   <li>Nothing is erased of somebody under an active hold; a hold that is placed meanwhile stops the job between batches.
 *   <li>A completed erasure does not hold what it erased: of the identifier only a keyed digest is left.
 *   <li>An export is readable for some days only, and is itself among what an erasure erases.
 * </ul>
 *
 * <p>What may fail: a store that fails or is out of reach blocks the job and no other one. A node that dies leaves its job to
 * the next that looks, when the lease is over.
 */
package io.thespace.privacy;
