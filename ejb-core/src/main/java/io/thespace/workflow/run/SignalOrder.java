package io.thespace.workflow.run;

import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * A run that waits for an event is to go on.
 *
 * @param element where it waits; may be left out when it waits in one place only
 * @param output what the step comes to, in place of the event; an empty object when left out
 */
public record SignalOrder(@Size(max = 100) String element, Map<String, Object> output) {

    /** For the documentation. */
    public static final SignalOrder EXAMPLE = new SignalOrder("paid", Map.of("note", "Seen on the bank statement."));
}
