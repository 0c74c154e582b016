/**
 * Data requests (GDPR articles 15, 17 and 20): access, portability and erasure; and legal holds, which prevent erasure.
 *
 * <p>A request is a job. {@link io.thespace.privacy.DataRequestWork} takes it with a lease, on any node, and queries
 * every {@link io.thespace.plugin.api.PersonalData}: those of the platform's capabilities, which are found as beans,
 * and those of the plugins that run. Each batch is a transaction of its own, which first checks the lease.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A job is completed only when nothing is left: every store reports so, no plugin's schema contains data without
 *       a responsible store, and a search of all the organization's rows for the identifier finds nothing. Until then
 *       it is {@code blocked}, with the reason, and is retried.
 *   <li>Data under an active hold is not erased; a hold that is placed meanwhile stops the job between batches.
 *   <li>A completed erasure does not contain the erased data: of the identifier only a keyed digest is kept.
 *   <li>An export is available for some days only, and is itself subject to erasure.
 * </ul>
 *
 * <p>Failures: a store that fails or is unreachable blocks its job only. The job of a node that dies is taken over when
 * its lease expires.
 */
package io.thespace.privacy;
