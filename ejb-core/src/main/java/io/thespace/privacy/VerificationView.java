package io.thespace.privacy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The result of verifying an erasure.
 *
 * @param absent whether there is nothing left but what is kept by law, and all could be looked at
 * @param stores those with something left, kept, or out of reach
 * @param searched how many tables were searched for the identifier row by row; 0 when it was not given
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
