package io.thespace.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The result of verifying an erasure.
 *
 * @param absent whether only rows kept by law remain, and all stores could be searched
 * @param stores the stores with remaining, kept or unreachable rows
 * @param searched the number of tables searched for the identifier row by row; 0 when it was not given
 * @param jws this result as a JWS, signed as a receipt is, of type {@code data-request-verification}
 */
public record VerificationView(
        UUID requestId, Instant verifiedAt, boolean absent, List<StoreView> stores, int searched, String jws) {

    /** For the documentation. */
    public static final VerificationView EXAMPLE = new VerificationView(
            DataRequestView.EXAMPLE.id(),
            Instant.parse("2026-01-31T12:00:00Z"),
            true,
            List.of(),
            48,
            ReceiptView.EXAMPLE.jws());
}
