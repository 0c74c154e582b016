package io.thespace.mcp.federation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.thespace.plugin.api.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A remote MCP server. What is left out, or null, is as the parameters below say.
 *
 * @param url where it speaks Streamable HTTP, for example {@code https://mcp.example.org/mcp}
 * @param credential what it gets as a bearer token. It is kept sealed and never shown; left out the present one stays, an empty one
 *     takes it away
 * @param credentials whose credential it gets with callers' requests: {@code shared} or {@code per_user}; {@code shared} when left out
 * @param oauth how users get their credential at the server's authorization server, with {@code per_user}; when left out they deposit
 *     a token
 * @param wire which wire it speaks; when left out that is negotiated with each reading
 * @param timeLimitMillis how long a request may take; 30000
 * @param concurrency how many requests a node sends to it at once; 8
 * @param readSeconds how often its lists are read; 300
 */
public record RemoteOrder(
        @NotNull @Size(max = 500) String url,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
                @Size(max = 8_000)
                @Pattern(regexp = "[!-~]*", message = "must be visible ASCII characters")
                String credential,
        CredentialUse credentials,
        @Valid OAuthOrder oauth,
        McpWire wire,
        @Min(100) @Max(120_000) Integer timeLimitMillis,
        @Min(1) @Max(16) Integer concurrency,
        @Min(10) @Max(86_400) Integer readSeconds) {

    /** For the documentation. */
    public static final RemoteOrder EXAMPLE = new RemoteOrder(
            "https://mcp.example.org/mcp", "example-token", CredentialUse.SHARED, null, null, 20_000, 8, 300);

    /** The same with everything said that was left out, but for the credential. */
    RemoteOrder complete() {
        return new RemoteOrder(
                url.strip(),
                null,
                credentials == null ? CredentialUse.SHARED : credentials,
                oauth == null ? null : oauth.complete(),
                wire,
                Optional.ofNullable(timeLimitMillis).orElse(30_000),
                Optional.ofNullable(concurrency).orElse(8),
                Optional.ofNullable(readSeconds).orElse(300));
    }

    /**
     * What no constraint of a member can refuse.
     *
     * @param ofUrl what is wrong with the server's address; empty for nothing
     * @param ofTokenUrl the same of the token endpoint
     */
    List<FieldError> faults(Optional<String> ofUrl, Optional<String> ofTokenUrl) {
        List<FieldError> faults = new ArrayList<>();
        ofUrl.or(() -> url.contains("?") ? Optional.of("must have no query") : Optional.empty())
                .ifPresent(fault -> faults.add(new FieldError("remote.url", fault)));
        if (oauth != null) {
            faults.addAll(oauth.faults(ofTokenUrl));
            if (credentials != CredentialUse.PER_USER) {
                faults.add(new FieldError(
                        "remote.credentials",
                        "must be per_user with oauth: users authorize, each for calls of their own"));
            }
        }
        return faults;
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return "RemoteOrder[" + url + "]";
    }
}
