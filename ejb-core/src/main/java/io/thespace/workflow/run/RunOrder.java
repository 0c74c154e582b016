package io.thespace.workflow.run;

import java.util.Map;

/**
 * A run is to start.
 *
 * @param input what its steps find as {@code .input}; null for an empty object
 */
public record RunOrder(Map<String, Object> input) {

    /** For the documentation. */
    public static final RunOrder EXAMPLE = new RunOrder(Map.of("amount", 25_000));
}
