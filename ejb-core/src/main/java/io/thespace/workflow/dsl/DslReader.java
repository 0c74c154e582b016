package io.thespace.workflow.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.Problems;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.document.WorkflowModel;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a workflow in the CNCF Serverless Workflow DSL 1.0, as YAML or JSON. Unsupported constructs are rejected with
 * their location rather than ignored, so that a workflow behaves as its document specifies.
 */
final class DslReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("1\\.0\\.\\d+(-[0-9A-Za-z.-]+)?");

    private final String source;
    private final Problems problems = new Problems();
    private final Graph graph = new Graph(problems);

    private DslReader(String source) {
        this.source = source;
    }

    /**
     * Reads and checks a document.
     *
     * @throws Rejection {@code INVALID_WORKFLOW} with each place and reason; a place is a JSON Pointer
     */
    static WorkflowModel read(String source) {
        DslReader reader = new DslReader(source);
        JsonNode tree = SourceText.read(source, reader.problems);
        WorkflowModel model = reader.workflow(new Place(tree, "", reader.problems));
        reader.problems.refuse();
        return model;
    }

    private WorkflowModel workflow(Place place) {
        place.object("document", "input", "use", "do", "timeout", "output", "schedule", "evaluate");
        Place document = place.at("document");
        document.object("dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata");
        String dsl = document.at("dsl").needed();
        if (!dsl.isEmpty() && !VERSION.matcher(dsl).matches()) {
            document.at("dsl").refuse("is a version of the DSL that is not supported; it must be 1.0.x");
        }
        document.at("namespace").needed();
        document.at("version").needed();
        String id = document.at("name").needed();
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            document.at("name")
                    .refuse("must consist of letters, digits, '_' and '-', at most 63, and begin with a letter or '_'");
        }
        String title = document.at("title").text();
        String name = title == null ? id : title;
        if (name.length() > 200) {
            document.at("title").refuse("is longer than 200 characters");
        }
        place.at("timeout").notSupported("runs have no time limit as a whole; tasks that wait have");
        Place evaluate = place.at("evaluate");
        if (!evaluate.node().isMissingNode() && evaluate.object("language", "mode")) {
            refuseOther(evaluate.at("language"), "jq");
            refuseOther(evaluate.at("mode"), "strict");
        }
        Place use = use(place.at("use"));
        List<Exit> open = begin(place);
        List<Exit> exits = new TaskReader(graph, use).workflow(place.at("do"), open);
        end(place, exits);
        problems.refuse();
        return graph.model(id, name, source);
    }

    private static void refuseOther(Place place, String only) {
        String text = place.text();
        if (text != null && !text.equals(only)) {
            place.notSupported("it is " + only);
        }
    }

    private static Place use(Place use) {
        if (!use.node().isMissingNode()
                && use.object(
                        "authentications",
                        "errors",
                        "extensions",
                        "functions",
                        "retries",
                        "secrets",
                        "timeouts",
                        "catalogs")) {
            use.at("authentications").notSupported("routes of the gateway have the credentials");
            use.at("secrets").notSupported("routes of the gateway have the credentials");
            use.at("extensions").notSupported("tasks are not extended by others");
            use.at("functions").notSupported("the functions are http, action, model and approval");
            use.at("catalogs").notSupported("the functions are http, action, model and approval");
        }
        return use;
    }

    private List<Exit> begin(Place place) {
        Step start = graph.add("workflow.start", Kind.START, "workflow", place, Scope.WORKFLOW, List.of());
        Place schedule = place.at("schedule");
        if (!schedule.node().isMissingNode() && schedule.object("every", "cron", "after", "on")) {
            for (String member : List.of("every", "cron", "after")) {
                schedule.at(member).notSupported("schedules are put at /api/system/schedules");
            }
            if (schedule.has("on")) {
                List<Place> filters = new EventReader().filters(schedule.at("on"));
                if (filters.size() > 1) {
                    schedule.at("on").notSupported("one event starts a run");
                } else if (!filters.isEmpty()) {
                    start.awaited = new EventReader().starting(filters.get(0));
                }
            }
        }
        String from = DataReader.from(place, Scope.WORKFLOW);
        if (from == null) {
            return Exit.of(start);
        }
        Step step = graph.compute("workflow.input", from, "workflow", place, Scope.WORKFLOW, Exit.of(start));
        step.bearing = true;
        return Exit.of(step);
    }

    private void end(Place place, List<Exit> exits) {
        String as = DataReader.as(place, Scope.WORKFLOW);
        List<Exit> last = exits;
        if (as != null) {
            Step step = graph.compute("workflow.output", as, "workflow", place, Scope.WORKFLOW, exits);
            step.bearing = true;
            last = Exit.of(step);
        }
        graph.add("workflow.end", Kind.END, "workflow", place, Scope.WORKFLOW, last);
    }
}
