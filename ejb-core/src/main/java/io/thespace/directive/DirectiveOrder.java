package io.thespace.directive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Request to create a directive.
 *
 * @param agentId the agent; null for every agent of the organization
 * @param name its title
 * @param content the text that agents have to follow
 * @param priority higher values come first; null for {@value #USUAL_PRIORITY}
 */
public record DirectiveOrder(
        UUID agentId,
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 16_000) String content,
        @Min(0) @Max(1000) Integer priority) {

    /** For the documentation. */
    public static final DirectiveOrder EXAMPLE =
            new DirectiveOrder(null, DirectiveView.EXAMPLE.name(), DirectiveView.EXAMPLE.content(), 200);

    static final int USUAL_PRIORITY = 100;
}
