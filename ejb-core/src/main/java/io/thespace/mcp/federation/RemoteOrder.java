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
 * A remote MCP server. Members that are null or left out have the defaults below. What is left out, or null, is as the
 * parameters below say.
 *
 * @param url its Streamable HTTP endpoint, for example {@code https://mcp.example.org/mcp}
 * @param credential its bearer token. It is encrypted and never returned; when left out the current one is kept, an
 *     empty one removes it
 * @param credentials the credential sent with callers' requests: {@code shared} or {@code per_user}; {@code shared}
 *     when left out
 * @param oauth the OAuth client for users' credentials, with {@code per_user}; when left out users deposit a token
 * @param wire its wire; when left out it is negotiated with each reading
 * @param timeLimitMillis the time limit of a request; 30000
 * @param concurrency the maximum of concurrent requests from a node; 8
 * @param readSeconds the interval of reading its lists; 300
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

    /** Returns a copy in which defaults replace omitted members, except the credential. */
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
     * Returns errors that constraints on a single member cannot express.
     *
     * @param ofUrl the error of the server's address; empty for none
     * @param ofTokenUrl likewise of the token endpoint
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
