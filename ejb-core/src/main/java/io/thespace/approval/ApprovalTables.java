package io.thespace.approval;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.transaction.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of approval rules. */
@ApplicationScoped
class ApprovalTables {

    private static final String RULE =
            "select plugin, action, condition, workflow_id, changed_by, changed_at from core.approval_rules where org_id = ?";

    private Rows rows;

    ApprovalTables() {}

    @Inject
    ApprovalTables(Rows rows) {
        this.rows = rows;
    }

    List<ApprovalRuleView> list(Actor actor, PageRequest page) {
        return rows.list(
                RULE + " and plugin || '.' || action > ? order by plugin || '.' || action limit ?",
                ApprovalTables::rule,
                actor.orgId(),
                page.after().orElse(""),
                page.limit() + 1);
    }

    Optional<ApprovalRuleView> find(Actor actor, String plugin, String action) {
        return rows.first(RULE + " and plugin = ? and action = ?", ApprovalTables::rule, actor.orgId(), plugin, action);
    }

    long count(Actor actor) {
        return rows.first(
                        "select count(*) from core.approval_rules where org_id = ?",
                        row -> row.getLong(1),
                        actor.orgId())
                .orElseThrow();
    }

    void put(Actor actor, String plugin, String action, ApprovalRuleOrder order, Instant now) {
        rows.update(
                "insert into core.approval_rules (org_id, plugin, action, condition, workflow_id, changed_by, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (org_id, plugin, action) do update set"
                        + " condition = excluded.condition, workflow_id = excluded.workflow_id,"
                        + " changed_by = excluded.changed_by, changed_at = excluded.changed_at",
                actor.orgId(),
                plugin,
                action,
                order.when(),
                order.workflowId(),
                actor.userId(),
                now);
    }

    boolean delete(Actor actor, String plugin, String action) {
        return rows.update(
                        "delete from core.approval_rules where org_id = ? and plugin = ? and action = ?",
                        actor.orgId(),
                        plugin,
                        action)
                > 0;
    }

    private static ApprovalRuleView rule(ResultSet row) throws SQLException {
        return new ApprovalRuleView(
                row.getString("plugin"),
                row.getString("action"),
                row.getString("condition"),
                row.getString("workflow_id"),
                row.getObject("changed_by", UUID.class),
                Rows.instant(row, "changed_at"));
    }
}
