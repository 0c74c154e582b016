package io.thespace.preference;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The notification settings of a user.
 *
 * @param ownEvents whether to include events that the user caused
 * @param mutedTypes the types of events without notifications, up to 50
 */
public record NotificationChoices(
        @NotNull Boolean ownEvents,
        @NotNull @Size(max = 50) List<@NotNull @Pattern(regexp = TYPE, message = TYPE_WORDS) String> mutedTypes) {

    /** For the documentation. */
    public static final NotificationChoices EXAMPLE = new NotificationChoices(false, List.of("session_started"));

    private static final String TYPE = "[a-z][a-z0-9_.]{0,99}";
    private static final String TYPE_WORDS = "must be a type of events, such as funds_transferred";
}
