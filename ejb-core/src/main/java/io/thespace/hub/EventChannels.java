package io.thespace.hub;

import io.thespace.event.Events;

/**
 * The channels that carry the organization's events: {@code events} has all of them, {@code plugin:{id}} those of one plugin, {@code
 * workflow:{id}} those of one workflow's runs.
 */
public final class EventChannels {

    static final String ALL = "events";
    static final String OF_PLUGIN = "plugin:";
    private static final String OF_WORKFLOW = "workflow:";
    private static final String PLUGINS = "/plugins/";
    private static final String WORKFLOWS = "/workflows";

    private EventChannels() {}

    public static boolean is(String channelId) {
        return channelId.equals(ALL) || channelId.startsWith(OF_PLUGIN) || channelId.startsWith(OF_WORKFLOW);
    }

    /** Returns the filter of the events that a channel carries. */
    public static Events.Filter filter(String channelId) {
        if (channelId.startsWith(OF_PLUGIN)) {
            return new Events.Filter(null, source(channelId), null, null);
        }
        return channelId.startsWith(OF_WORKFLOW)
                ? new Events.Filter(null, WORKFLOWS, channelId.substring(OF_WORKFLOW.length()), null)
                : Events.Filter.NONE;
    }

    /** Returns the source of the events of a plugin's channel. */
    static String source(String channelId) {
        return PLUGINS + channelId.substring(OF_PLUGIN.length());
    }
}
