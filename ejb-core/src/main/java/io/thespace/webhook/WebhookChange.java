package io.thespace.webhook;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Request to change a webhook. Omitted members get their defaults.
 *
 * @param url the target of requests from now on, including those of pending events
 * @param types the types of events that it gets; all when left out
 * @param description a free text
 */
public record WebhookChange(
        @NotBlank @Size(max = 1000) String url,
        @Size(min = 1, max = 100)
                List<
                                @NotNull
                                @Pattern(
                                        regexp = WebhookOrder.TYPE,
                                        message = "must be a type of events such as funds_transferred")
                                String>
                        types,
        @Size(max = 200) String description) {

    /** For the documentation. */
    public static final WebhookChange EXAMPLE =
            new WebhookChange("https://hooks.example.org/space/v2", List.of("funds_transferred"), null);
}
