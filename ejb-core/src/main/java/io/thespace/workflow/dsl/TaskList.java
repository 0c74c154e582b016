package io.thespace.workflow.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of tasks while it is read: where its tasks begin, and what leads to them by name. */
final class TaskList {

    private final Graph graph;
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final Map<String, List<Exit>> jumps = new LinkedHashMap<>();
    private final Map<String, Place> asked = new LinkedHashMap<>();

    /** The exits that leave the list before its end. */
    final List<Exit> leaving = new ArrayList<>();

    /** The exits that end the workflow. */
    final List<Exit> ending;

    TaskList(Graph graph, List<Exit> ending) {
        this.graph = graph;
        this.ending = ending;
    }

    void begins(String task, String element) {
        entries.put(task, element);
    }

    /**
     * Connects exits according to a flow directive (DSL 1.0, "Flow Directive").
     *
     * @return the exits that lead to the next task
     */
    List<Exit> direct(Place then, List<Exit> exits, Scope scope) {
        String directive = then.text();
        if (directive == null || directive.equals("continue")) {
            return exits;
        }
        if (directive.equals("exit")) {
            leaving.addAll(exits);
        } else if (directive.equals("end")) {
            if (scope.parallel()) {
                then.refuse("ends the workflow from a branch of a fork, which is not supported; use exit");
            }
            ending.addAll(exits);
        } else {
            asked.put(directive, then);
            jumps.computeIfAbsent(directive, name -> new ArrayList<>()).addAll(exits);
        }
        return List.of();
    }

    /** To be called when all tasks are there. */
    void close() {
        jumps.forEach((name, exits) -> {
            if (entries.containsKey(name)) {
                graph.connect(exits, entries.get(name));
            } else {
                asked.get(name).refuse("names %s, which is not a task of the same list".formatted(name));
            }
        });
    }
}
