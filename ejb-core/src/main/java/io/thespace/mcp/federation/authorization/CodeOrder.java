package io.thespace.mcp.federation.authorization;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The response of an authorization server (RFC 6749, section 4.1.2).
 *
 * @param code the code to redeem for tokens
 * @param state of the authorization that the caller started
 */
public record CodeOrder(
        @NotNull @Size(min = 1, max = 4_000) @Pattern(regexp = "[ -~]*", message = "must be printable ASCII characters")
                String code,
        @NotNull @Size(min = 1, max = 100) String state) {

    /** For the documentation. */
    public static final CodeOrder EXAMPLE =
            new CodeOrder("SplxlOBeZQQYbYS6WxSbIA", "S0mYx8l0hzXKx1pFqGk4cNzUe3gq2v5yR7T9wQbD1aE");

    /** Without the code. */
    @Override
    public String toString() {
        return "CodeOrder[]";
    }
}
