package io.thespace.workflow.run;

import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Request to continue a run that waits for an event.
 *
 * @param element the element at which it waits; may be left out when there is only one
 * @param output the step's output, in place of the event; an empty object when left out
 */
public record SignalOrder(@Size(max = 100) String element, Map<String, Object> output) {

    /** For the documentation. */
    public static final SignalOrder EXAMPLE = new SignalOrder("paid", Map.of("note", "Seen on the bank statement."));
}
