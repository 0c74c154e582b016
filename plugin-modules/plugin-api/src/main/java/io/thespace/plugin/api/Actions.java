package io.thespace.plugin.api;

import java.util.Map;

/** Calls actions of other plugins. Needs the permission {@code actions:{plugin}} for each plugin called. */
public interface Actions {

    /**
     * Calls an action in this process. It runs in its own plugin's threads and in a transaction of its own, so nothing that
     * the caller does afterwards takes it back.
     *
     * @param actor who acts; needs the role that the action declares
     * @param plugin the id of the plugin that declares the action
     * @param action as {@link Endpoint#action} names it
     * @param params the action's parameters and its body's members in {@code snake_case}: texts, numbers, booleans, UUIDs,
     *     lists and maps of them
     * @return the answer's body, JSON unless the action answers something else; empty bytes where it has none
     * @throws Rejection as the action refuses; {@code NOT_FOUND} when there is no action of that name
     */
    Content call(Actor actor, String plugin, String action, Map<String, ?> params);
}
