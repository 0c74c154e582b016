package io.thespace.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Calls an action.
 *
 * @param action its name
 * @param params its parameters and its body's members; null for none
 */
public record ActionRequest(@NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String action, ObjectNode params) {

    /** For the documentation. */
    public static final ActionRequest EXAMPLE = new ActionRequest("account", JsonNodeFactory.instance.objectNode());
}
