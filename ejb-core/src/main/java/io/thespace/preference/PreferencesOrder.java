package io.thespace.preference;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Request to set a user's preferences.
 *
 * @param theme {@code system}, {@code light} or {@code dark}
 * @param locale a language tag (BCP 47) of a language and at most one script, region and variant, for example
 *     {@code de-AT}
 * @param timeZone of the IANA time zone database, for example {@code Europe/Vienna}
 */
public record PreferencesOrder(
        @NotNull @Pattern(regexp = "system|light|dark", message = "must be one of system, light, dark") String theme,
        @NotNull @Pattern(regexp = LANGUAGE_TAG, message = "must be a language tag such as de-AT") String locale,
        @NotNull @Size(max = 64) String timeZone,
        @NotNull @Valid NotificationChoices notifications) {

    /** The tags that {@code Intl} of ECMA-402 takes too, which has no extended language subtags. */
    private static final String LANGUAGE_TAG =
            "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))?";

    /** For the documentation. */
    public static final PreferencesOrder EXAMPLE =
            new PreferencesOrder("dark", "de-AT", "Europe/Vienna", NotificationChoices.EXAMPLE);
}
