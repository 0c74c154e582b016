package io.thespace.workflow.dsl;

import io.thespace.workflow.document.StepModel.Call;
import io.thespace.workflow.dsl.TaskReader.Task;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code run} tasks: which workflow they start a run of, and whether they wait for its end. */
final class RunReader {

    private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");
    private static final String LATEST = "latest";

    private RunReader() {}

    /** Whether a task ends when its run has ended. */
    static boolean awaits(Task task) {
        return !task.place().at("run").at("await").node().isBoolean()
                || task.place().at("run").at("await").flag();
    }

    static void read(Task task, Step step) {
        Place run = task.place().at("run");
        if (List.of("container", "script", "shell").stream().anyMatch(run::has)) {
            run.notSupported("the platform runs no containers, scripts and shells; call an action of a plugin");
            return;
        }
        if (!run.object("workflow", "await", "return")) {
            return;
        }
        run.at("await").flag();
        run.at("return").notSupported("the output is that of the workflow");
        Place workflow = run.at("workflow");
        if (!workflow.object("namespace", "name", "version", "input")) {
            return;
        }
        workflow.at("namespace").needed();
        String name = workflow.at("name").needed();
        if (!name.isEmpty() && !WORKFLOW.matcher(name).matches()) {
            workflow.at("name").refuse("must be the id of a workflow of the organization");
        }
        step.call = new Call(name, version(workflow.at("version")), awaits(task));
        step.input = EffectReader.input(workflow.at("input"), task.scope());
    }

    /** The number of a version; null for the latest. */
    private static Integer version(Place place) {
        String version = place.node().isInt() ? place.node().asText() : place.text();
        if (version == null || version.equals(LATEST)) {
            return null;
        }
        if (!VERSION.matcher(version).matches()) {
            place.refuse("must be latest, or the number of a version: the platform numbers versions from 1");
            return null;
        }
        return Integer.valueOf(version);
    }
}
