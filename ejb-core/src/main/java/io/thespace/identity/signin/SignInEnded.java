package io.thespace.identity.signin;

import java.util.UUID;

/** Fired by a use case that ends a sign-in; it counts once the transaction has committed. */
public record SignInEnded(UUID orgId, UUID signInId) {}
