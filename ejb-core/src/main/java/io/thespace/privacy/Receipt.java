package io.thespace.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The payload of a receipt.
 *
 * @param iss the platform
 * @param iat the time of signing, in seconds since 1970
 * @param jti the request
 * @param sub the user; null for a person who is not a user
 * @param stores the result for each store
 * @param verified whether a search of all the organization's rows no longer found the identifier; null without a
 *     search, as for an export
 * @param backups a statement about copies outside the platform's stores
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
