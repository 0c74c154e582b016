package io.thespace.mcp.federation;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Request to deposit a credential for a remote server.
 *
 * @param credential the bearer token for the server. It is encrypted and never returned
 */
public record CredentialOrder(
        @NotNull @Size(min = 1, max = 8_000) @Pattern(regexp = "[!-~]*", message = "must be visible ASCII characters")
                String credential) {

    /** For the documentation. */
    public static final CredentialOrder EXAMPLE = new CredentialOrder("my-token");

    /** Without the credential. */
    @Override
    public String toString() {
        return "CredentialOrder[]";
    }
}
