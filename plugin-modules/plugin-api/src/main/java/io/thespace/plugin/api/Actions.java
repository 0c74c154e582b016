package io.thespace.plugin.api;

import java.util.Map;

/** Calls actions of other plugins. Needs the permission {@code actions:{plugin}} for each plugin called. */
public interface Actions {

    /**
     * Calls an action in this process. It runs on its own plugin's threads and in a separate transaction, so a later
     * rollback of the caller does not undo it.
     *
     * @param actor the principal; needs the role that the action declares
     * @param plugin the id of the plugin that declares the action
     * @param action as {@link Endpoint#action} names it
     * @param params the action's parameters and its body's members in {@code snake_case}: texts, numbers, booleans, UUIDs,
     *     lists and maps of them
     * @return the response body, JSON unless the action declares another media type; empty without a body
     * @throws Rejection with the action's error; {@code NOT_FOUND} when there is no action of that name
     */
    Content call(Actor actor, String plugin, String action, Map<String, ?> params);
}
