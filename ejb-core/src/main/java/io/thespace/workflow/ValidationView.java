package io.thespace.workflow;

import java.util.List;

/**
 * A document is a workflow that can be run.
 *
 * @param id of its process
 * @param elements the ids of what its runs pass
 */
public record ValidationView(String id, String name, List<String> elements) {

    /** For the documentation. */
    public static final ValidationView EXAMPLE = new ValidationView(
            WorkflowView.EXAMPLE.id(), WorkflowView.EXAMPLE.name(), List.of("start", "approve", "end"));
}
