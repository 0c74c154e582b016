package io.thespace.gateway;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A rule that sets or removes a header (RFC 9110, section 5).
 *
 * @param value the value that replaces any other; null or left out removes the header
 */
public record HeaderRule(
        @NotNull
                @Size(max = 100)
                @Pattern(regexp = "[A-Za-z0-9!#$%&'*+.^_`|~-]+", message = "must be the name of a header")
                String name,
        @Size(max = 1000) @Pattern(regexp = "[!-~]([ -~]*[!-~])?", message = "must be visible ASCII") String value) {}
