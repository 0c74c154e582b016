package io.thespace.identity.signin;

import java.util.UUID;

/**
 * Fired in the transaction in which a user signs in.
 *
 * @param requestId the request that did it
 * @param synthetic whether this is no person but one who is simulated
 */
public record SignedIn(UUID orgId, UUID userId, UUID signInId, String requestId, boolean synthetic) {}
