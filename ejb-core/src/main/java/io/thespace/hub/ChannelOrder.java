package io.thespace.hub;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Request to create a channel.
 *
 * @param id the id by which clients join it; {@code events} and {@code plugin:…} carry events instead of messages
 */
public record ChannelOrder(
        @NotNull @Pattern(regexp = ChannelOrder.ID, message = ChannelOrder.ID_WORDS) String id,
        @NotBlank @Size(max = 200) String name,
        @NotNull Visibility visibility) {

    /** For the documentation. */
    public static final ChannelOrder EXAMPLE = new ChannelOrder("support", "Support", Visibility.ORGANIZATION);

    /** The form of an id. */
    public static final String ID =
            "plugin:[a-z][a-z0-9_]{0,62}|workflow:[A-Za-z_][A-Za-z0-9_.-]{0,99}|[a-z0-9][a-z0-9_.-]{0,99}";

    static final String ID_WORDS =
            "must be up to 100 of a-z, 0-9, '_', '.' and '-', beginning with a letter or a digit, or plugin: and a"
                    + " plugin's id, or workflow: and a workflow's id";
}
