package io.thespace.identity;

/**
 * A user's own data.
 *
 * @param email null when the external issuer sends none
 */
public record UserView(String email, String name) {}
