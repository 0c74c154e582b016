package io.thespace.hub;

import java.util.List;

/** The channels that carry the platform's events: {@code events} has all of them, {@code plugin:{id}} those of one plugin. */
final class EventChannels {

    static final String ALL = "events";
    static final String OF_PLUGIN = "plugin:";
    private static final String PLUGINS = "/plugins/";

    private EventChannels() {}

    static boolean is(String channelId) {
        return channelId.equals(ALL) || channelId.startsWith(OF_PLUGIN);
    }

    /** The channels that an event goes to. */
    static List<String> of(String source) {
        return source.startsWith(PLUGINS) ? List.of(ALL, OF_PLUGIN + source.substring(PLUGINS.length())) : List.of(ALL);
    }

    /** Where the events of a plugin's channel come from. */
    static String source(String channelId) {
        return PLUGINS + channelId.substring(OF_PLUGIN.length());
    }
}
