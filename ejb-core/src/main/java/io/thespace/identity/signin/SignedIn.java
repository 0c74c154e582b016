package io.thespace.identity.signin;

import java.util.UUID;

/**
 * Fired in the transaction in which a user signs in.
 *
 * @param requestId the request that signed in
 * @param synthetic whether this is a simulated user
 */
public record SignedIn(UUID orgId, UUID userId, UUID signInId, String requestId, boolean synthetic) {}
