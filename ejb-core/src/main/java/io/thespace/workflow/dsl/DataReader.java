package io.thespace.workflow.dsl;

import io.thespace.workflow.dsl.TaskReader.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads how a workflow or task changes its data (DSL 1.0, "Data Flow"). */
final class DataReader {

    private final Graph graph;

    DataReader(Graph graph) {
        this.graph = graph;
    }

    /** What makes the input of a workflow or task of its raw input; null for the same. */
    static String from(Place owner, Scope scope) {
        return mapping(owner.at("input"), "from", scope.variables());
    }

    /** What makes the output of a workflow or task of its raw output; null for the same. */
    static String as(Place owner, Scope scope) {
        return mapping(owner.at("output"), "as", scope.variables());
    }

    private static String mapping(Place data, String member, Set<String> variables) {
        if (data.node().isMissingNode() || !data.object(member, "schema")) {
            return null;
        }
        data.at("schema").notSupported("data are not checked against schemas");
        return JqText.mapping(data.at(member), variables);
    }

    /**
     * Adds the step that exports a task's output, if it has one.
     *
     * @param of where the task begins
     */
    List<Exit> export(Task task, Step of, List<Exit> exits) {
        Place export = task.place().at("export");
        Set<String> variables = new HashSet<>(task.scope().variables());
        variables.add("output");
        String as = mapping(export, "as", variables);
        if (as == null) {
            return exits;
        }
        Step step = graph.compute(
                task.name() + ".export", ". as $output | " + as, task.name(), export, task.scope(), exits);
        step.inputOf = of;
        graph.export(step);
        return Exit.of(step);
    }
}
