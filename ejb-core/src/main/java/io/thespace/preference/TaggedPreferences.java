package io.thespace.preference;

/**
 * A user's preferences at one moment.
 *
 * @param tag an entity tag (RFC 9110, section 8.8.3) that changes with them
 */
public record TaggedPreferences(PreferencesView preferences, String tag) {}
