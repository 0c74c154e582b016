package io.thespace.preference;

import java.util.List;

/**
 * A user's preferences.
 *
 * @param theme {@code system}, {@code light} or {@code dark}
 * @param locale a language tag (BCP 47)
 * @param timeZone of the IANA time zone database
 */
public record PreferencesView(String theme, String locale, String timeZone, NotificationChoices notifications) {

    /** For the documentation. */
    public static final PreferencesView EXAMPLE =
            new PreferencesView("dark", "de-AT", "Europe/Vienna", NotificationChoices.EXAMPLE);

    /** The preferences of a user who has set none. */
    static final PreferencesView INITIAL =
            new PreferencesView("system", "en", "UTC", new NotificationChoices(true, List.of()));
}
