package io.thespace.privacy;

import java.util.UUID;

/**
 * A signed receipt of a completed data request.
 *
 * @param jws a JWS (RFC 7515) in its compact form, signed with RS256 by a key of {@code GET /api/auth/jwks}, of type {@code
 *     data-request-receipt}; its payload is a {@link Receipt}
 */
public record ReceiptView(UUID requestId, String jws) {

    /** For the documentation. */
    public static final ReceiptView EXAMPLE =
            new ReceiptView(DataRequestView.EXAMPLE.id(), "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl");
}
