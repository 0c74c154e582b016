package io.thespace.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The payload of a receipt.
 *
 * @param iss the platform
 * @param iat when it was signed, in seconds since 1970
 * @param jti the request
 * @param sub the user whom it was about; null for a person who is not a user
 * @param stores what was done in each store
 * @param verified whether a search of all the organization's rows found the identifier no more; null when nothing was
 *     searched, as for an export
 * @param backups what is true of copies that are no store of the platform's
 */
record Receipt(
        String iss,
        long iat,
        UUID jti,
        UUID orgId,
        UUID sub,
        String kind,
        Instant createdAt,
        Instant dueAt,
        Instant startedAt,
        Instant completedAt,
        List<StoreView> stores,
        Boolean verified,
        String backups) {}
