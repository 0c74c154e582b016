package io.thespace.identity;

/**
 * A user's own data.
 *
 * @param email null for a user whose external issuer tells none
 */
public record UserView(String email, String name) {}
