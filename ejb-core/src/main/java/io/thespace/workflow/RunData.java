package io.thespace.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import java.util.UUID;

/** What the expressions of a run see. */
final class RunData {

    private RunData() {}

    /** {@code {"input": …, "steps": {element: output}, "run": {"id": …, "workflow_id": …, "version": …}}}. */
    static JsonNode of(RunTables runs, Actor actor, UUID runId) {
        RunView run = runs.run(actor, runId).orElseThrow(() -> new IllegalStateException("The run has no row"));
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
}
