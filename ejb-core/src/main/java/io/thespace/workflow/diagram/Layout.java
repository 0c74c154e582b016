package io.thespace.workflow.diagram;

import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.document.WorkflowModel.Flow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places the elements of a workflow in columns from left to right (Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of
 * Hierarchical System Structures", 1981): an element stands behind all that lead to it, arrows of loops apart; a long arrow keeps a
 * place in each column that it crosses; within a column the order follows the neighbours' mean.
 */
final class Layout {

    private static final int SWEEPS = 6;

    /** A place in the grid. Half rows are used, so that columns are centred. */
    record Place(int column, double row) {}

    /**
     * An arrow.
     *
     * @param by the places between its ends
     * @param back whether it leads back to the left
     */
    record Arrow(Flow flow, List<Place> by, boolean back) {}

    private final WorkflowModel model;
    private final Map<String, String> hosts = new HashMap<>();
    private final Set<String> backwards = new HashSet<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<List<String>> grid = new ArrayList<>();
    private final Map<String, List<String>> neighbours = new HashMap<>();
    private final Map<String, List<String>> dummies = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();

    private Layout(WorkflowModel model) {
        this.model = model;
    }

    static Layout of(WorkflowModel model) {
        Layout layout = new Layout(model);
        model.steps().stream()
                .filter(step -> step.kind().boundary())
                .forEach(step -> layout.hosts.put(step.element(), step.attachedTo()));
        layout.findLoops();
        layout.assignColumns();
        layout.fillGrid();
        layout.order();
        layout.place();
        return layout;
    }

    /** Returns the place of an element; for a boundary event that of its step. */
    Place of(String element) {
        return places.get(host(element));
    }

    int columns() {
        return grid.size();
    }

    int rows() {
        return grid.stream().mapToInt(List::size).max().orElse(1);
    }

    List<Arrow> arrows() {
        return model.flows().stream()
                .map(flow -> new Arrow(
                        flow,
                        dummies.getOrDefault(flow.id(), List.of()).stream()
                                .map(places::get)
                                .toList(),
                        backwards.contains(flow.id())))
                .toList();
    }

    private String host(String element) {
        return hosts.getOrDefault(element, element);
    }

    private List<Flow> outOf(String element) {
        return model.flows().stream()
                .filter(flow -> host(flow.from()).equals(element))
                .toList();
    }

    /** An arrow to an element on the current path, or to the same step, closes a loop. */
    private void findLoops() {
        Set<String> done = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (StepModel step : model.steps()) {
            if (step.kind() == StepModel.Kind.START) {
                walk(step.element(), open, done);
            }
        }
    }

    private void walk(String element, Set<String> open, Set<String> done) {
        open.add(element);
        for (Flow flow : outOf(element)) {
            if (open.contains(flow.to())) {
                backwards.add(flow.id());
            } else if (!done.contains(flow.to())) {
                walk(flow.to(), open, done);
            }
        }
        open.remove(element);
        done.add(element);
    }

    private void assignColumns() {
        model.steps().stream().filter(step -> !step.kind().boundary()).forEach(step -> columns.put(step.element(), 0));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Flow flow : model.flows()) {
                int least = columns.get(host(flow.from())) + 1;
                if (!backwards.contains(flow.id()) && columns.get(flow.to()) < least) {
                    columns.put(flow.to(), least);
                    moved = true;
                }
            }
        }
    }

    private void fillGrid() {
        int last = columns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int i = 0; i <= last; i++) {
            grid.add(new ArrayList<>());
        }
        columns.forEach((element, column) -> grid.get(column).add(element));
        for (Flow flow : model.flows()) {
            if (backwards.contains(flow.id())) {
                continue;
            }
            String before = host(flow.from());
            List<String> between = new ArrayList<>();
            for (int column = columns.get(before) + 1; column < columns.get(flow.to()); column++) {
                // No element's id has a blank.
                String dummy = flow.id() + " " + column;
                grid.get(column).add(dummy);
                between.add(dummy);
                link(before, dummy);
                before = dummy;
            }
            link(before, flow.to());
            dummies.put(flow.id(), between);
        }
    }

    private void link(String left, String right) {
        neighbours.computeIfAbsent("after " + left, key -> new ArrayList<>()).add(right);
        neighbours.computeIfAbsent("before " + right, key -> new ArrayList<>()).add(left);
    }

    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean right = sweep % 2 == 0;
            for (int i = 1; i < grid.size(); i++) {
                int column = right ? i : grid.size() - 1 - i;
                List<String> fixed = grid.get(right ? column - 1 : column + 1);
                String side = right ? "before " : "after ";
                Map<String, Double> mean = new HashMap<>();
                List<String> moving = grid.get(column);
                for (String node : moving) {
                    mean.put(
                            node,
                            neighbours.getOrDefault(side + node, List.of()).stream()
                                    .mapToInt(fixed::indexOf)
                                    .filter(index -> index >= 0)
                                    .average()
                                    .orElse(moving.indexOf(node)));
                }
                moving.sort(Comparator.comparingDouble(mean::get));
            }
        }
    }

    private void place() {
        int rows = rows();
        for (int column = 0; column < grid.size(); column++) {
            List<String> nodes = grid.get(column);
            for (int i = 0; i < nodes.size(); i++) {
                places.put(nodes.get(i), new Place(column, i + (rows - nodes.size()) / 2.0));
            }
        }
    }
}
