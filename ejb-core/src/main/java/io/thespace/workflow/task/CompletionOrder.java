package io.thespace.workflow.task;

import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Request to complete a task.
 *
 * @param decision the decision, for example {@code approve} or {@code reject}; available to later conditions as {@code
 *     .steps.{element}.decision}
 * @param output further data for later steps, as members beside the decision; null for none
 */
public record CompletionOrder(@Size(max = 100) String decision, Map<String, Object> output) {

    /** For the documentation. */
    public static final CompletionOrder EXAMPLE =
            new CompletionOrder("approve", Map.of("note", "Checked with the customer."));
}
