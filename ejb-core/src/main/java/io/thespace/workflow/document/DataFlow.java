package io.thespace.workflow.document;

import jakarta.annotation.Nullable;
import java.util.List;

/**
 * How data come to a step of a Serverless Workflow document (DSL 1.0, "Data Flow"). A step's raw input is the output of the task
 * before it: the latest output among the elements that can come directly before it, or the run's input when there is none.
 *
 * @param task the name of the task that the step was made of
 * @param reference the task's place in the document, a JSON Pointer (RFC 6901)
 * @param sources the elements whose latest output is the raw input
 * @param branches the same for each branch of a {@code fork}, whose data become an array; null for other steps
 * @param from the expression that makes the task's input of its raw input; null for the same
 * @param as the expression that makes the step's output of its raw output; null for the same
 * @param input what {@code $input} is; null for the step's own input
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
     * @param element where the task begins: an output counts that is older than its latest execution
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
