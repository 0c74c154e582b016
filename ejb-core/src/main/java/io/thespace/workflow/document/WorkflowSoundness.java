package io.thespace.workflow.document;

import io.thespace.plugin.api.FieldError;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.document.WorkflowModel.Flow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds workflows whose runs could deadlock or multiply, by exploring all reachable states of tokens on arrows
 * (soundness of workflow nets: van der Aalst, "The Application of Petri Nets to Workflow Management", 1998). Conditions
 * are not evaluated: each arrow of an exclusive gateway may be taken.
 */
public final class WorkflowSoundness {

    private static final int MAX_MARKINGS = 20_000;

    private final WorkflowModel model;
    private final Map<String, StepModel> steps;
    private final List<FieldError> errors = new ArrayList<>();

    private WorkflowSoundness(WorkflowModel model) {
        this.model = model;
        this.steps = model.byElement();
    }

    /** Returns each unsound place; empty for a workflow that always ends. */
    public static List<FieldError> check(WorkflowModel model) {
        WorkflowSoundness check = new WorkflowSoundness(model);
        check.shape();
        if (check.errors.isEmpty()) {
            check.walk();
        }
        return check.errors;
    }

    private void error(String element, String sentence) {
        errors.add(new FieldError(element, sentence));
    }

    private void shape() {
        long starts =
                model.steps().stream().filter(step -> step.kind() == Kind.START).count();
        if (starts != 1) {
            error("process", "has %d start events; it needs one".formatted(starts));
        }
        for (StepModel step : model.steps()) {
            int in = model.to(step.element()).size();
            List<Flow> out = model.from(step.element());
            boolean source = step.kind() == Kind.START || step.kind().boundary();
            boolean sink = step.kind() == Kind.END || step.kind() == Kind.TERMINATE;
            if (source ? in > 0 : in == 0) {
                error(step.element(), source ? "has an incoming flow" : "is never reached: no flow leads to it");
            }
            if (sink ? !out.isEmpty() : out.isEmpty()) {
                error(step.element(), sink ? "has an outgoing flow" : "leads nowhere: it needs an outgoing flow");
            }
            if (!step.kind().gateway() && out.size() > 1) {
                error(step.element(), "has several outgoing flows; use a gateway");
            }
            if (step.kind() == Kind.EXCLUSIVE && out.size() > 1) {
                long open = out.stream()
                        .filter(flow -> flow.condition() == null && !flow.otherwise())
                        .count();
                if (open > 0 || out.stream().noneMatch(Flow::otherwise)) {
                    error(step.element(), "needs a default flow, and a condition on each other one");
                }
            }
        }
    }

    /** A marking is how many tokens lie on each arrow; a token that has left by no arrow has ended. */
    private void walk() {
        StepModel start = model.steps().stream()
                .filter(step -> step.kind() == Kind.START)
                .findFirst()
                .orElseThrow();
        Set<Map<String, Integer>> seen = new HashSet<>();
        Deque<Map<String, Integer>> waiting = new ArrayDeque<>();
        Map<String, Integer> first = new TreeMap<>();
        model.from(start.element()).forEach(flow -> first.put(flow.id(), 1));
        waiting.add(first);
        seen.add(first);
        Set<String> reached = new HashSet<>();
        while (!waiting.isEmpty()) {
            Map<String, Integer> marking = waiting.poll();
            if (marking.values().stream().anyMatch(tokens -> tokens > 1)) {
                String flow = marking.entrySet().stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
                error(flow, "can be taken twice at once: what a parallel gateway has split must be joined by one");
                return;
            }
            List<Map<String, Integer>> next = successors(marking, reached);
            if (next.isEmpty() && !marking.isEmpty()) {
                String joins = marking.keySet().stream()
                        .map(id -> target(id).element())
                        .distinct()
                        .collect(Collectors.joining(", "));
                error(joins, "can wait for ever: one of its incoming flows is not always taken");
                return;
            }
            for (Map<String, Integer> one : next) {
                if (seen.add(one)) {
                    waiting.add(one);
                }
            }
            if (seen.size() > MAX_MARKINGS) {
                error("process", "is too intertwined to be checked; use fewer parallel branches");
                return;
            }
        }
        model.steps().stream()
                .filter(step ->
                        step.kind() != Kind.START && !step.kind().boundary() && !reached.contains(step.element()))
                .forEach(step -> error(step.element(), "is never reached"));
    }

    private StepModel target(String flow) {
        return model.flows().stream()
                .filter(one -> one.id().equals(flow))
                .map(one -> steps.get(one.to()))
                .findFirst()
                .orElseThrow();
    }

    private List<Map<String, Integer>> successors(Map<String, Integer> marking, Set<String> reached) {
        List<Map<String, Integer>> next = new ArrayList<>();
        for (String flow : marking.keySet()) {
            StepModel step = target(flow);
            if (step.kind() == Kind.PARALLEL) {
                List<Flow> in = model.to(step.element());
                if (in.stream().allMatch(one -> marking.containsKey(one.id()))) {
                    reached.add(step.element());
                    next.add(moved(marking, in, model.from(step.element())));
                }
                continue;
            }
            reached.add(step.element());
            List<Flow> taken = List.of(new Flow(flow, "", step.element(), null, false));
            if (step.kind() == Kind.TERMINATE) {
                next.add(Map.of());
            } else if (step.kind() == Kind.EXCLUSIVE) {
                model.from(step.element()).forEach(out -> next.add(moved(marking, taken, List.of(out))));
            } else {
                next.add(moved(marking, taken, model.from(step.element())));
                model.steps().stream()
                        .filter(event ->
                                event.kind().boundary() && step.element().equals(event.attachedTo()))
                        .forEach(event -> next.add(moved(marking, taken, model.from(event.element()))));
            }
        }
        return next;
    }

    private static Map<String, Integer> moved(Map<String, Integer> marking, List<Flow> in, List<Flow> out) {
        Map<String, Integer> next = new TreeMap<>(marking);
        in.forEach(flow -> next.computeIfPresent(flow.id(), (id, tokens) -> tokens == 1 ? null : tokens - 1));
        out.forEach(flow -> next.merge(flow.id(), 1, Integer::sum));
        return next;
    }
}
