package io.thespace.workflow.dsl;

import java.util.List;

/**
 * Where an element is left, while it is open which element is next.
 *
 * @param condition the expression that must be true; null for none
 * @param otherwise whether it is taken when no other one is
 */
record Exit(String from, String condition, boolean otherwise) {

    static List<Exit> of(Step step) {
        return List.of(new Exit(step.element, null, false));
    }
}
