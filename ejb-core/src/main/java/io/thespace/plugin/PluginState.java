package io.thespace.plugin;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The life cycle state of a plugin, with its transitions. */
public enum PluginState {
    /** Its archive was verified and stored; none of its code has run. */
    INSTALLED,
    /** Its endpoints answer. */
    ENABLED,
    /** An administrator switched it off; its data stays. */
    DISABLED,
    /** It did not start; it is out of service, with a reason. */
    FAILED;

    /** The states that may follow. Removal may follow each. */
    Set<PluginState> next() {
        return switch (this) {
            case INSTALLED -> EnumSet.of(ENABLED, FAILED);
            case ENABLED -> EnumSet.of(DISABLED, FAILED);
            case DISABLED -> EnumSet.of(ENABLED, FAILED);
            case FAILED -> EnumSet.of(ENABLED, DISABLED);
        };
    }

    /** As it stands in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PluginState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
