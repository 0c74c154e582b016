package io.thespace.workflow.run;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to continue a run from an earlier step.
 *
 * @param element the step, which the run has completed
 */
public record ResetOrder(@NotBlank @Size(max = 100) String element) {

    /** For the documentation. */
    public static final ResetOrder EXAMPLE = new ResetOrder("approve");
}
