package io.thespace.plugin.api.client;

import java.util.Map;

/**
 * The response of the client's user to a form.
 *
 * @param content the values by property, which fit the form's schema; empty unless the form was accepted
 */
public record FormAnswer(Action action, Map<String, Object> content) {

    /** The user's reaction to a form. */
    public enum Action {
        ACCEPT,
        /** The user declined. */
        DECLINE,
        /** The user closed the form. */
        CANCEL
    }

    public FormAnswer {
        content = Map.copyOf(content);
    }

    /** Whether the user accepted {@link Form#confirmation} with yes. */
    public boolean confirmed() {
        return action == Action.ACCEPT && Boolean.TRUE.equals(content.get("confirmed"));
    }
}
