package io.thespace.workflow.document;

import jakarta.annotation.Nullable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A parsed workflow, all of whose constructs are supported; only this model is passed to the engine.
 *
 * @param id the id of the process
 * @param source the document
 */
public record WorkflowModel(String id, String name, String source, List<StepModel> steps, List<Flow> flows) {

    /**
     * An arrow between two elements.
     *
     * @param condition the expression that must be true for it to be taken; null for none
     * @param otherwise whether it is taken when no other one of its gateway is
     */
    public record Flow(String id, String from, String to, @Nullable String condition, boolean otherwise) {}

    public Map<String, StepModel> byElement() {
        return steps.stream().collect(Collectors.toMap(StepModel::element, Function.identity()));
    }

    public List<Flow> from(String element) {
        return flows.stream().filter(flow -> flow.from().equals(element)).toList();
    }

    public List<Flow> to(String element) {
        return flows.stream().filter(flow -> flow.to().equals(element)).toList();
    }
}
