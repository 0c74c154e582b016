package io.thespace.mcp.federation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.thespace.plugin.api.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The OAuth client with which users authorize the platform at a remote server's authorization server (OAuth 2.1,
 * Authorization Code with PKCE).
 *
 * @param authorizationUrl the authorization endpoint
 * @param tokenUrl the token endpoint
 * @param clientId the client id of the platform
 * @param clientSecret of a confidential client. It is encrypted and never returned; when left out the current one is
 *     kept, an empty one removes it
 * @param scope the requested scope, separated by spaces; none when left out
 */
public record OAuthOrder(
        @NotNull @Size(max = 500) String authorizationUrl,
        @NotNull @Size(max = 500) String tokenUrl,
        @NotNull @Size(min = 1, max = 500) @Pattern(regexp = "[ -~]*", message = "must be printable ASCII characters")
                String clientId,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
                @Size(max = 1_000)
                @Pattern(regexp = "[!-~]*", message = "must be visible ASCII characters")
                String clientSecret,
        @Size(max = 1_000) @Pattern(regexp = "[!-~ ]*", message = "must be printable ASCII characters") String scope) {

    /** For the documentation. */
    public static final OAuthOrder EXAMPLE = new OAuthOrder(
            "https://auth.example.org/authorize", "https://auth.example.org/token", "the-space", null, "files:read");

    /** Returns a copy in which defaults replace omitted members, except the secret. */
    OAuthOrder complete() {
        return new OAuthOrder(
                authorizationUrl.strip(), tokenUrl.strip(), clientId, null, scope == null ? "" : scope.strip());
    }

    /**
     * Returns errors that constraints on a single member cannot express.
     *
     * @param ofTokenUrl the error of the token endpoint's address; empty for none
     */
    List<FieldError> faults(Optional<String> ofTokenUrl) {
        List<FieldError> faults = new ArrayList<>();
        ofTokenUrl
                .or(() -> tokenUrl.contains("?") ? Optional.of("must have no query") : Optional.empty())
                .ifPresent(fault -> faults.add(new FieldError("remote.oauth.token_url", fault)));
        if (!forBrowsers(authorizationUrl.strip())) {
            faults.add(new FieldError(
                    "remote.oauth.authorization_url",
                    "must be an https URL, or http on this machine, without a fragment"));
        }
        return faults;
    }

    /** Whether a browser is sent to a URL: over TLS, or to the user's own machine (RFC 8252, section 7.3). */
    public static boolean forBrowsers(String url) {
        try {
            URI uri = new URI(url);
            boolean loopback = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()));
            return uri.getHost() != null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthOrder[" + tokenUrl + "]";
    }
}
