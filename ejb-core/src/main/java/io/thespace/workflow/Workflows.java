package io.thespace.workflow;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.dsl.WorkflowDocument;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.repository.Deployment;

/** The workflows of the actor's organization. */
@Stateless
public class Workflows {

    /** The maximum of workflows of an organization. */
    public static final int MAX_WORKFLOWS = 1000;

    @Inject
    WorkflowTables tables;

    @Inject
    CalledWorkflows called;

    @Inject
    RunningEngine engine;

    /** The workflows, by their ids. */
    public Page<WorkflowView> list(Actor actor, PageRequest page) {
        return Page.of(tables.workflows(actor, page), page.limit(), WorkflowView::id);
    }

    /**
     * Returns a workflow.
     *
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}
     */
    public WorkflowView find(Actor actor, String id) {
        return tables.workflow(actor, id).orElseThrow(() -> notFound(id));
    }

    /**
     * The versions of a workflow, the latest first.
     *
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}
     */
    public Page<WorkflowVersionView> versions(Actor actor, String id, PageRequest page) {
        find(actor, id);
        int before = page.after().map(Integer::valueOf).orElse(Integer.MAX_VALUE);
        return Page.of(
                tables.versions(actor, id, before, page.limit() + 1),
                page.limit(),
                version -> Integer.toString(version.version()));
    }

    /**
     * Validates a document without creating a workflow.
     *
     * @throws Rejection {@code INVALID_WORKFLOW}
     */
    public ValidationView validate(Actor actor, WorkflowOrder order) {
        WorkflowModel model = WorkflowDocument.read(order.source());
        int latest =
                tables.workflow(actor, model.id()).map(WorkflowView::version).orElse(0);
        called.check(actor, model, latest + 1);
        return new ValidationView(
                model.id(),
                model.name(),
                model.steps().stream().map(StepModel::element).toList());
    }

    /**
     * Makes a workflow.
     *
     * @throws Rejection {@code INVALID_WORKFLOW}, {@code WORKFLOW_EXISTS}, {@code TOO_MANY_WORKFLOWS}
     */
    public WorkflowView create(Actor actor, WorkflowOrder order) {
        WorkflowModel model = WorkflowDocument.read(order.source());
        if (tables.workflow(actor, model.id()).isPresent()) {
            throw new Rejection(
                    WorkflowError.WORKFLOW_EXISTS,
                    "There is a workflow %s already. Put a new version of it.".formatted(model.id()));
        }
        if (tables.count(actor) >= MAX_WORKFLOWS) {
            throw new Rejection(
                    WorkflowError.TOO_MANY_WORKFLOWS,
                    "There are %d workflows, which is the maximum. Delete one first.".formatted(MAX_WORKFLOWS));
        }
        called.check(actor, model, 1);
        Instant now = Instant.now();
        tables.addWorkflow(actor, model.id(), now);
        tables.addVersion(actor, model, 1, deploy(actor, model), now);
        return find(actor, model.id());
    }

    /**
     * Creates the next version of a workflow. Current runs keep theirs.
     *
     * @throws Rejection {@code INVALID_WORKFLOW}, {@code WORKFLOW_NOT_FOUND}, {@code WORKFLOW_ID_DIFFERS}
     */
    public WorkflowView change(Actor actor, String id, WorkflowOrder order) {
        WorkflowModel model = WorkflowDocument.read(order.source());
        int latest = tables.lockLatest(actor, id).orElseThrow(() -> notFound(id));
        if (!model.id().equals(id)) {
            throw new Rejection(
                    WorkflowError.WORKFLOW_ID_DIFFERS,
                    "The document is of the workflow %s, and the path names %s. Create another workflow, or change the document."
                            .formatted(model.id(), id));
        }
        called.check(actor, model, latest + 1);
        Instant now = Instant.now();
        tables.addVersion(actor, model, latest + 1, deploy(actor, model), now);
        tables.status(actor, id, "active", now);
        return find(actor, id);
    }

    /**
     * Disables a workflow: no new run of it starts until a new version is put. Its versions and runs stay.
     *
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}
     */
    public void disable(Actor actor, String id) {
        if (tables.lockLatest(actor, id).isEmpty()) {
            throw notFound(id);
        }
        tables.status(actor, id, "disabled", Instant.now());
    }

    private String deploy(Actor actor, WorkflowModel model) {
        RepositoryService repository = engine.get().getRepositoryService();
        Deployment deployment = repository
                .createDeployment()
                .name(model.id())
                .tenantId(actor.orgId().toString())
                .addBpmnModel(model.id() + ".bpmn", EngineModel.of(model))
                .deploy();
        return repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment.getId())
                .singleResult()
                .getId();
    }

    /** The rejection when no workflow of the organization has this id. */
    public static Rejection notFound(String id) {
        return new Rejection(
                WorkflowError.WORKFLOW_NOT_FOUND, "There is no workflow %s in your organization.".formatted(id));
    }
}
