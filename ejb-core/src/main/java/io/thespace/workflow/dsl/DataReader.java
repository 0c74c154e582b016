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

    /** The transformation of a workflow's or task's raw input into its input; null for none. */
    static String from(Place owner, Scope scope) {
        return mapping(owner.at("input"), "from", scope.variables());
    }

    /** The transformation of a workflow's or task's raw output into its output; null for none. */
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
     * @param of the task's first step
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
