package io.thespace.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/**
 * Request for another secret.
 *
 * @param secret the new one: {@code whsec_} and 24 to 64 bytes in Base64; made when left out
 * @param overlapHours for how long requests are signed with the previous one too; 24, and 0 for no longer
 */
public record SecretRotation(
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Size(max = 100) String secret,
        @Min(0) @Max(168) Integer overlapHours) {

    /** For the documentation. */
    public static final SecretRotation EXAMPLE = new SecretRotation(null, 48);

    /** Without the secret. */
    @Override
    public String toString() {
        return "SecretRotation[" + overlapHours + "]";
    }
}
