package io.thespace.workflow;

import io.thespace.event.EventView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.transaction.Rows;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.dsl.WorkflowDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of workflows and of their versions. */
@ApplicationScoped
public class WorkflowTables {

    private static final String WORKFLOW =
            "select w.id, v.name, w.latest, w.status, v.format, w.created_at, w.changed_at"
                    + " from core.workflows w join core.workflow_versions v"
                    + " on v.org_id = w.org_id and v.workflow_id = w.id and v.number = w.latest where w.org_id = ?";

    private Rows rows;

    WorkflowTables() {}

    @Inject
    WorkflowTables(Rows rows) {
        this.rows = rows;
    }

    List<WorkflowView> workflows(Actor actor, PageRequest page) {
        return rows.list(
                WORKFLOW + " and w.id > ? order by w.id limit ?",
                WorkflowTables::workflow,
                actor.orgId(),
                page.after().orElse(""),
                page.limit() + 1);
    }

    /** A workflow with its latest version. */
    public Optional<WorkflowView> workflow(Actor actor, String id) {
        return rows.first(WORKFLOW + " and w.id = ?", WorkflowTables::workflow, actor.orgId(), id);
    }

    /** The number of the latest version, whose row is locked until the transaction ends. */
    Optional<Integer> lockLatest(Actor actor, String id) {
        return rows.first(
                "select latest from core.workflows where org_id = ? and id = ? for update",
                row -> row.getInt(1),
                actor.orgId(),
                id);
    }

    long count(Actor actor) {
        return rows.first("select count(*) from core.workflows where org_id = ?", row -> row.getLong(1), actor.orgId())
                .orElseThrow();
    }

    List<WorkflowVersionView> versions(Actor actor, String id, int before, int limit) {
        return rows.list(
                "select number, name, format, source, created_by, created_at from core.workflow_versions"
                        + " where org_id = ? and workflow_id = ? and number < ? order by number desc limit ?",
                row -> new WorkflowVersionView(
                        row.getInt("number"),
                        row.getString("name"),
                        row.getString("format"),
                        row.getString("source"),
                        row.getObject("created_by", UUID.class),
                        Rows.instant(row, "created_at")),
                actor.orgId(),
                id,
                before,
                limit);
    }

    /** The engine's id of a version. */
    public Optional<String> engineDefinition(Actor actor, String id, int number) {
        return rows.first(
                "select engine_definition from core.workflow_versions where org_id = ? and workflow_id = ? and number = ?",
                row -> row.getString(1),
                actor.orgId(),
                id,
                number);
    }

    /** The document of a version. */
    public Optional<String> source(Actor actor, String id, int number) {
        return rows.first(
                "select source from core.workflow_versions where org_id = ? and workflow_id = ? and number = ?",
                row -> row.getString(1),
                actor.orgId(),
                id,
                number);
    }

    void addWorkflow(Actor actor, String id, Instant now) {
        rows.update(
                "insert into core.workflows (org_id, id, latest, status, created_at, changed_at)"
                        + " values (?, ?, 1, 'active', ?, ?)",
                actor.orgId(),
                id,
                now,
                now);
    }

    void addVersion(Actor actor, WorkflowModel definition, int number, String engineDefinition, Instant now) {
        rows.update(
                "insert into core.workflow_versions (org_id, workflow_id, number, name, format, source, engine_definition,"
                        + " created_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                actor.orgId(),
                definition.id(),
                number,
                definition.name(),
                WorkflowDocument.of(definition.source()).text(),
                definition.source(),
                engineDefinition,
                actor.userId(),
                now);
        addListeners(actor, definition, number);
        rows.update(
                "update core.workflows set latest = ?, changed_at = ?, version = version + 1 where org_id = ? and id = ?",
                number,
                now,
                actor.orgId(),
                definition.id());
    }

    /**
     * A workflow that an event starts.
     *
     * @param author the user for whom its runs act, who created its latest version; null when that user was erased
     */
    public record Listener(String workflow, int version, String condition, UUID author) {}

    private void addListeners(Actor actor, WorkflowModel definition, int number) {
        for (StepModel step : definition.steps()) {
            if (step.awaited() != null) {
                rows.update(
                        "insert into core.workflow_listeners (org_id, workflow_id, number, element, type, source, condition,"
                                + " starts) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        actor.orgId(),
                        definition.id(),
                        number,
                        step.element(),
                        step.awaited().type(),
                        step.awaited().source(),
                        step.awaited().when(),
                        step.kind() == StepModel.Kind.START);
            }
        }
    }

    /** The active workflows whose latest version an event starts, whichever the condition. */
    public List<Listener> startedBy(Actor actor, EventView event) {
        return rows.list(
                "select w.id, w.latest, l.condition, v.created_by from core.workflow_listeners l"
                        + " join core.workflows w on w.org_id = l.org_id and w.id = l.workflow_id and w.latest = l.number"
                        + " join core.workflow_versions v on v.org_id = w.org_id and v.workflow_id = w.id"
                        + " and v.number = w.latest where l.org_id = ? and l.starts and l.type = ?"
                        + " and (l.source is null or l.source = ?) and w.status = 'active' order by w.id",
                row -> new Listener(row.getString(1), row.getInt(2), row.getString(3), row.getObject(4, UUID.class)),
                actor.orgId(),
                event.type(),
                event.source());
    }

    void status(Actor actor, String id, String status, Instant now) {
        rows.update(
                "update core.workflows set status = ?, changed_at = ?, version = version + 1 where org_id = ? and id = ?",
                status,
                now,
                actor.orgId(),
                id);
    }

    private static WorkflowView workflow(ResultSet row) throws SQLException {
        return new WorkflowView(
                row.getString("id"),
                row.getString("name"),
                row.getInt("latest"),
                row.getString("status"),
                row.getString("format"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "changed_at"));
    }
}
