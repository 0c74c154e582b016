package io.thespace.workflow.task;

import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * A task is done.
 *
 * @param decision what was decided, for example {@code approve} or {@code reject}; later conditions find it as {@code
 *     .steps.{element}.decision}
 * @param output more for later steps, as members beside the decision; null for nothing
 */
public record CompletionOrder(@Size(max = 100) String decision, Map<String, Object> output) {

    /** For the documentation. */
    public static final CompletionOrder EXAMPLE =
            new CompletionOrder("approve", Map.of("note", "Checked with the customer."));
}
