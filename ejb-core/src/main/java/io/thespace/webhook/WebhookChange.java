package io.thespace.webhook;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Request to change a webhook. What is left out gets its default.
 *
 * @param url which gets the requests from now on, also those of events that wait
 * @param types the events that it gets, by their types; all when left out
 * @param description for people
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
