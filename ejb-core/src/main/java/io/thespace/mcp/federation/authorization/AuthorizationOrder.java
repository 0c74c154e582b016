package io.thespace.mcp.federation.authorization;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Request to start an authorization.
 *
 * @param redirectUri where the authorization server sends the user's browser back, with {@code code} and {@code state}; it must be
 *     registered there
 */
public record AuthorizationOrder(@NotNull @Size(max = 500) String redirectUri) {

    /** For the documentation. */
    public static final AuthorizationOrder EXAMPLE = new AuthorizationOrder("https://space.example.org/");
}
