package io.thespace.workflow.document;

import jakarta.annotation.Nullable;
import java.util.List;

/**
 * The data flow into a step of a Serverless Workflow document (DSL 1.0, "Data Flow"). A step's raw input is the output
 * of the task before it: the latest output among its possible direct predecessors, or the run's input when there is
 * none.
 *
 * @param task the name of the step's task
 * @param reference the task's place in the document, a JSON Pointer (RFC 6901)
 * @param sources the elements whose latest output is the raw input
 * @param branches the same for each branch of a {@code fork}, whose data become an array; null for other steps
 * @param from the expression that transforms the task's raw input into its input; null for none
 * @param as the expression that transforms the step's raw output into its output; null for none
 * @param input the value of {@code $input}; null for the step's own input
 * @param exports the elements whose latest output is {@code $context}
 * @param loops the {@code for} tasks around it, the outermost first
 * @param errors the errors that were caught before it, the outermost first
 */
public record DataFlow(
        String task,
        String reference,
        List<String> sources,
        @Nullable List<List<String>> branches,
        @Nullable String from,
        @Nullable String as,
        @Nullable TaskInput input,
        List<String> exports,
        List<Loop> loops,
        List<CaughtError> errors) {

    /**
     * The input of the task whose output a step changes or exports.
     *
     * @param element the task's first element: only outputs older than its latest execution count
     */
    public record TaskInput(String element, List<String> sources, @Nullable String from) {}

    /**
     * A {@code for} task.
     *
     * @param items the element whose output is the collection
     * @param turn the element whose output {@code {"index": …}} is the turn
     * @param each the name of the variable of the current item
     * @param at the name of the variable of its index
     */
    public record Loop(String items, String turn, String each, String at) {}

    /**
     * A caught error.
     *
     * @param events the boundary events whose latest output is the error
     */
    public record CaughtError(String variable, List<String> events) {}
}
