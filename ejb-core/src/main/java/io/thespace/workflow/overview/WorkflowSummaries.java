package io.thespace.workflow.overview;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.run.RunTables;
import io.thespace.workflow.run.RunView;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;

/** Summaries of the workflows of the actor's organization. */
@Stateless
public class WorkflowSummaries {

    @Inject
    Workflows workflows;

    @Inject
    RunTables runs;

    /** The workflows, by their ids, each with its last run. */
    public Page<WorkflowSummary> list(Actor actor, PageRequest page) {
        Page<WorkflowView> shown = workflows.list(actor, page);
        Map<String, RunView> last =
                runs.last(actor, shown.items().stream().map(WorkflowView::id).toList());
        return new Page<>(
                shown.items().stream()
                        .map(workflow -> new WorkflowSummary(
                                workflow.id(),
                                workflow.name(),
                                workflow.version(),
                                workflow.status(),
                                last.get(workflow.id())))
                        .toList(),
                shown.nextKey());
    }
}
