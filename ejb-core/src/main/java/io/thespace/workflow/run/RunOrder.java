package io.thespace.workflow.run;

import java.util.Map;

/**
 * Request to start a run.
 *
 * @param input the value of {@code .input} in its steps; null for an empty object
 */
public record RunOrder(Map<String, Object> input) {

    /** For the documentation. */
    public static final RunOrder EXAMPLE = new RunOrder(Map.of("amount", 25_000));
}
