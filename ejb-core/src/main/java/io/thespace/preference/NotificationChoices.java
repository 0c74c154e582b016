package io.thespace.preference;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What a user wants to be told of.
 *
 * @param ownEvents whether also of what they caused themselves
 * @param mutedTypes the types of events that they do not want to be told of, up to 50
 */
public record NotificationChoices(
        @NotNull Boolean ownEvents,
        @NotNull @Size(max = 50) List<@NotNull @Pattern(regexp = TYPE, message = TYPE_WORDS) String> mutedTypes) {

    /** For the documentation. */
    public static final NotificationChoices EXAMPLE = new NotificationChoices(false, List.of("session_started"));

    private static final String TYPE = "[a-z][a-z0-9_.]{0,99}";
    private static final String TYPE_WORDS = "must be a type of events, such as funds_transferred";
}
