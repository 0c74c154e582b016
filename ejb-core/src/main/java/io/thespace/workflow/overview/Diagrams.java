package io.thespace.workflow.overview;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.WorkflowTables;
import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.diagram.Diagram;
import io.thespace.workflow.dsl.WorkflowDocument;
import io.thespace.workflow.run.RunTables;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.run.Runs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Pictures of workflows and of their runs. */
@Stateless
public class Diagrams {

    @Inject
    WorkflowTables workflows;

    @Inject
    RunTables tables;

    @Inject
    Runs runs;

    /**
     * The latest version of a workflow, as SVG.
     *
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}
     */
    public Content ofWorkflow(Actor actor, String id) {
        WorkflowView workflow = workflows.workflow(actor, id).orElseThrow(() -> Workflows.notFound(id));
        return picture(actor, id, workflow.version(), Map.of());
    }

    /**
     * The version of a run, with the elements marked by how they stand, as SVG.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}
     */
    public Content ofRun(Actor actor, UUID id) {
        RunView run = runs.find(actor, id);
        return picture(actor, run.workflowId(), run.version(), tables.states(actor, id));
    }

    private Content picture(Actor actor, String workflow, int version, Map<String, String> states) {
        String source = workflows.source(actor, workflow, version).orElseThrow();
        String svg = Diagram.svg(WorkflowDocument.read(source), states);
        return new Content(
                        "image/svg+xml;charset=utf-8",
                        svg.getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Security-Policy", Diagram.SECURITY_POLICY))
                .tagged();
    }
}
