package io.thespace.sdk;

import java.util.UUID;

/**
 * A signed receipt of a completed data request.
 *
 * @param jws a JWS (RFC 7515) in its compact form, signed with RS256 by a key of {@code GET /api/auth/jwks}, of type
 *     {@code data-request-receipt}; its payload is described in docs/DATA_REQUESTS.md
 */
public record Receipt(UUID requestId, String jws) {}
