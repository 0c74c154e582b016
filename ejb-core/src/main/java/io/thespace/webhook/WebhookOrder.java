package io.thespace.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Request to add a webhook.
 *
 * @param url the target of requests, with an optional query, for example {@code https://hooks.example.org/space}
 * @param types the types of events that it gets; all when left out
 * @param description a free text
 * @param secret the signing secret: {@code whsec_} and 24 to 64 bytes in Base64; generated when left out
 */
public record WebhookOrder(
        @NotBlank @Size(max = 1000) String url,
        @Size(min = 1, max = 100)
                List<
                                @NotNull
                                @Pattern(
                                        regexp = WebhookOrder.TYPE,
                                        message = "must be a type of events such as funds_transferred")
                                String>
                        types,
        @Size(max = 200) String description,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Size(max = 100) String secret) {

    static final String TYPE = "[A-Za-z][A-Za-z0-9_.-]{0,99}";

    /** For the documentation. */
    public static final WebhookOrder EXAMPLE = new WebhookOrder(
            "https://hooks.example.org/space", List.of("funds_transferred"), "Tells the accounting of transfers", null);

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookOrder[" + description + "]";
    }
}
