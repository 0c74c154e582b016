package io.thespace.identity.access;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.annotation.Nullable;
import java.net.URI;
import java.util.List;

/**
 * An external OpenID Connect provider with which the dashboard signs in: Authorization Code with PKCE, as a public client. The
 * members are named as in OpenID Connect Discovery 1.0.
 *
 * @param name the display name
 * @param scope what to request, separated by spaces
 * @param endSessionEndpoint null for a provider without one
 */
public record ProviderView(
        String name,
        String issuer,
        String clientId,
        String scope,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        @Nullable URI endSessionEndpoint) {

    /** For the documentation. */
    public static final ProviderView EXAMPLE = new ProviderView(
            "Example Corp",
            "https://id.example.org/realms/corp",
            "the-space-dashboard",
            "openid profile email",
            URI.create("https://id.example.org/realms/corp/protocol/openid-connect/auth"),
            URI.create("https://id.example.org/realms/corp/protocol/openid-connect/token"),
            URI.create("https://id.example.org/realms/corp/protocol/openid-connect/logout"));

    /** The providers of a configuration: none, or the one that {@link Key#OIDC_CLIENT_ID} belongs to. */
    public static List<ProviderView> of(Configuration configuration) {
        return configuration
                .find(Key.OIDC_CLIENT_ID)
                .map(clientId -> new ProviderView(
                        configuration.get(Key.OIDC_NAME),
                        configuration.get(Key.EXTERNAL_ISSUER),
                        clientId,
                        configuration.get(Key.OIDC_SCOPE),
                        configuration.get(Key.OIDC_AUTHORIZATION_URL),
                        configuration.get(Key.OIDC_TOKEN_URL),
                        configuration.find(Key.OIDC_LOGOUT_URL).orElse(null)))
                .stream()
                .toList();
    }
}
