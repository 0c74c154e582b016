package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.workflow.document.DataFlow;
import io.thespace.workflow.document.DataFlow.CaughtError;
import io.thespace.workflow.document.DataFlow.Loop;
import io.thespace.workflow.document.DataFlow.TaskInput;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.Seen;
import io.thespace.workflow.document.StepModel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The data that the expressions of a run can read. */
final class RunData {

    private final RunTables runs;
    private final Actor actor;
    private final RunView run;

    private RunData(RunTables runs, Actor actor, UUID runId) {
        this.runs = runs;
        this.actor = actor;
        this.run = runs.run(actor, runId).orElseThrow(() -> new IllegalStateException("The run has no row"));
    }

    /** {@code {"input": …, "steps": {element: output}, "run": {"id": …, "workflow_id": …, "version": …}}}. */
    static JsonNode of(RunTables runs, Actor actor, UUID runId) {
        RunView run = new RunData(runs, actor, runId).run;
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.set("input", Json.MAPPER.valueToTree(run.input()));
        ObjectNode steps = data.putObject("steps");
        runs.outputs(actor, runId, steps::set);
        data.putObject("run")
                .put("id", runId.toString())
                .put("workflow_id", run.workflowId())
                .put("version", run.version());
        return data;
    }

    /**
     * Returns the data for the expressions of a step: in BPMN as {@link #of}, in the Serverless Workflow DSL the step's
     * input and variables.
     */
    static Seen seen(RunTables runs, Actor actor, UUID runId, StepModel step) {
        return step.data() == null
                ? Seen.of(of(runs, actor, runId))
                : new RunData(runs, actor, runId).seen(step.data());
    }

    private Seen seen(DataFlow flow) {
        Seen raw = new Seen(raw(flow), variables(flow));
        JsonNode own = flow.from() == null ? raw.data() : Expressions.value(flow.from(), raw);
        JsonNode input = flow.input() == null ? own : taskInput(flow.input(), raw);
        return raw.on(own).with("input", input);
    }

    /** The input of the run; of one that an event started, a list with the event. */
    private JsonNode input() {
        JsonNode input = Json.MAPPER.valueToTree(run.input());
        boolean event = run.triggeredBy() != null && run.triggeredBy().startsWith(RunStarts.BY_EVENT);
        return event ? Json.MAPPER.createArrayNode().add(input) : input;
    }

    private JsonNode raw(DataFlow flow) {
        if (flow.branches() == null) {
            return latest(flow.sources(), null).orElseGet(this::input);
        }
        ArrayNode branches = Json.MAPPER.createArrayNode();
        flow.branches().forEach(sources -> branches.add(latest(sources, null).orElseGet(this::input)));
        return branches;
    }

    private JsonNode taskInput(TaskInput task, Seen seen) {
        Long began = runs.latestNumber(actor, run.runId(), task.element()).orElse(null);
        JsonNode raw = latest(task.sources(), began).orElseGet(this::input);
        return task.from() == null ? raw : Expressions.value(task.from(), seen.on(raw));
    }

    private Optional<JsonNode> latest(List<String> elements, Long below) {
        return elements.isEmpty()
                ? Optional.empty()
                : runs.latest(actor, run.runId(), elements, below).map(RunTables.Output::value);
    }

    private Map<String, JsonNode> variables(DataFlow flow) {
        Map<String, JsonNode> variables = new HashMap<>();
        variables.put("context", latest(flow.exports(), null).orElseGet(Json.MAPPER::createObjectNode));
        variables.put(
                "task", Json.MAPPER.createObjectNode().put("name", flow.task()).put("reference", flow.reference()));
        variables.put("runtime", Json.MAPPER.createObjectNode().put("name", "The Space"));
        variables.put("workflow", workflow());
        flow.loops().forEach(loop -> loop(loop, variables));
        for (CaughtError error : flow.errors()) {
            variables.put(error.variable(), latest(error.events(), null).orElseGet(Json.MAPPER::nullNode));
        }
        return variables;
    }

    private ObjectNode workflow() {
        ObjectNode workflow = Json.MAPPER
                .createObjectNode()
                .put("id", run.runId().toString())
                .put("name", run.workflowId())
                .put("version", run.version());
        workflow.set("input", input());
        Instant started = run.startedAt();
        ObjectNode startedAt = workflow.putObject("startedAt").put("iso8601", started.toString());
        startedAt
                .putObject("epoch")
                .put("seconds", started.getEpochSecond())
                .put("milliseconds", started.toEpochMilli());
        return workflow;
    }

    /** The item of a loop's turn; -1 is the index before the first turn. */
    private void loop(Loop loop, Map<String, JsonNode> variables) {
        Optional<RunTables.Output> items = runs.latest(actor, run.runId(), List.of(loop.items()), null);
        int index = runs.latest(actor, run.runId(), List.of(loop.turn()), null)
                .filter(turn -> items.isPresent() && turn.number() > items.get().number())
                .map(turn -> turn.value().path("index").asInt())
                .orElse(-1);
        JsonNode item = items.map(RunTables.Output::value)
                .filter(list -> index >= 0 && list.has(index))
                .map(list -> list.get(index))
                .orElseGet(Json.MAPPER::nullNode);
        variables.put(loop.each(), item);
        variables.put(loop.at(), Json.MAPPER.getNodeFactory().numberNode(index));
    }
}
