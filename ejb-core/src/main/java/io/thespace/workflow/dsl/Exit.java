package io.thespace.workflow.dsl;

import java.util.List;

/**
 * An exit from an element whose successor is not yet known.
 *
 * @param condition the condition; null for none
 * @param otherwise whether it is the default
 */
record Exit(String from, String condition, boolean otherwise) {

    static List<Exit> of(Step step) {
        return List.of(new Exit(step.element, null, false));
    }
}
