package io.thespace.plugin;

import java.util.Locale;

/** A change of a plugin that takes several steps. */
enum PluginChange {
    ENABLING,
    UPGRADING,
    REMOVING;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PluginChange of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
