package io.thespace.workflow.dsl;

import io.thespace.plugin.api.FieldError;
import io.thespace.workflow.document.DataFlow;
import io.thespace.workflow.document.DataFlow.TaskInput;
import io.thespace.workflow.document.Problems;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.document.WorkflowModel.Flow;
import io.thespace.workflow.document.WorkflowSoundness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The elements and arrows of a workflow while it is made. */
final class Graph {

    static final int MAX_ELEMENTS = 500;

    private final Problems problems;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();

    Graph(Problems problems) {
        this.problems = problems;
    }

    /** Adds an element behind what is open. */
    Step add(String element, Kind kind, String task, Place place, Scope scope, List<Exit> in) {
        Step step = new Step(element, kind, task, place, scope);
        if (steps.size() == MAX_ELEMENTS) {
            place.refuse("is beyond the %d elements that a workflow may have".formatted(MAX_ELEMENTS));
        } else if (steps.size() < MAX_ELEMENTS) {
            steps.put(element, step);
        }
        connect(in, element);
        return step;
    }

    /** Adds a step whose output is a value. */
    Step compute(String element, String expression, String task, Place place, Scope scope, List<Exit> in) {
        Step step = add(element, Kind.SERVICE, task, place, scope, in);
        step.computes = true;
        step.input = expression;
        return step;
    }

    /** Makes the output of a step {@code $context} of what follows. */
    void export(Step step) {
        exports.add(step.element);
    }

    /** An element by its id; null when there is none. */
    Step step(String element) {
        return steps.get(element);
    }

    void connect(List<Exit> exits, String to) {
        for (Exit exit : exits) {
            flows.add(new Flow("flow." + (flows.size() + 1), exit.from(), to, exit.condition(), exit.otherwise()));
        }
    }

    /** Returns the workflow if it is sound; errors are added to the problems. */
    WorkflowModel model(String id, String name, String source) {
        WorkflowModel model = new WorkflowModel(
                id,
                name,
                source,
                steps.values().stream().map(step -> step.model(data(step))).toList(),
                List.copyOf(flows));
        for (FieldError error : WorkflowSoundness.check(model)) {
            problems.add(pointer(error.field()), error.message());
        }
        return model;
    }

    /** The place of an element or arrow. */
    private String pointer(String id) {
        String first = id.split(", ", -1)[0];
        String element = flows.stream()
                .filter(flow -> flow.id().equals(first))
                .map(Flow::from)
                .findFirst()
                .orElse(first);
        return steps.containsKey(element) ? steps.get(element).place.pointer() : "/do";
    }

    private DataFlow data(Step step) {
        Step task = step.inputOf;
        return new DataFlow(
                step.task,
                step.place.pointer(),
                sources(step),
                step.joins ? incoming(step) : step.branches,
                step.from,
                step.as,
                task == null ? null : new TaskInput(task.element, sources(task), task.from),
                exports,
                step.scope.loops(),
                step.scope.errors());
    }

    /** The branches that join right before a step. */
    private List<List<String>> incoming(Step step) {
        String join = flows.stream()
                .filter(flow -> flow.to().equals(step.element))
                .map(Flow::from)
                .findFirst()
                .orElse("");
        return flows.stream()
                .filter(flow -> flow.to().equals(join))
                .map(flow -> bearing(flow.from()))
                .toList();
    }

    private List<String> bearing(String element) {
        Set<String> found = new LinkedHashSet<>();
        back(element, found, new HashSet<>());
        return List.copyOf(found);
    }

    /** The elements whose output can be a step's raw input: the nearest ones on the ways that lead to it. */
    private List<String> sources(Step step) {
        if (step.sources != null) {
            return step.sources;
        }
        Set<String> found = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        before(step, found, seen);
        return List.copyOf(found);
    }

    private void before(Step step, Set<String> found, Set<String> seen) {
        if (step.passes != null) {
            found.addAll(step.passes);
        } else if (step.attachedTo != null) {
            before(steps.get(step.attachedTo), found, seen);
        } else {
            flows.stream()
                    .filter(flow -> flow.to().equals(step.element))
                    .forEach(flow -> back(flow.from(), found, seen));
        }
    }

    private void back(String element, Set<String> found, Set<String> seen) {
        if (!seen.add(element) || !steps.containsKey(element)) {
            return;
        }
        Step step = steps.get(element);
        if (step.bearing) {
            found.add(element);
        } else {
            before(step, found, seen);
        }
    }
}
