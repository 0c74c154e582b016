package io.thespace.identity.signin;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * Fired when a user is refused for wrong credentials, without a transaction. Not for email addresses that no user has, and no more
 * often than the throttle lets passwords be tried.
 *
 * @param orgId the organization that was to be signed in to; null when none was named
 */
public record SignInRefused(UUID userId, @Nullable UUID orgId, String requestId) {}
