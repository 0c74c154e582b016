package io.thespace.workflow;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Who made workflows and schedules, started runs and did tasks, and what runs and steps say of people. Rows stay; who it was and what was
 * said is forgotten. A run under way whose starter is forgotten fails at its next step.
 */
@Stateless
public class WorkflowPersonalData implements PersonalData {

    /** A table: what is about a person in it, what an export tells, and how it is forgotten. */
    private record Store(String table, String key, String about, String told, String forget) {}

    private static final String SPEAKS =
            "core.matches_person(coalesce(cast(%1$s.input as text), '') || ' ' || coalesce(cast(%1$s.output as text), '')"
                    + " || ' ' || coalesce(%1$s.cause, ''), cast(:user as uuid), cast(:mention as text))";

    private static final List<Store> STORES = List.of(
            new Store(
                    "core.workflow_versions",
                    "workflow_id, number",
                    "t.created_by = cast(:user as uuid)",
                    "jsonb_build_object('workflow_id', t.workflow_id, 'version', t.number)",
                    "created_by = null"),
            new Store(
                    "core.workflow_runs",
                    "id",
                    "(t.started_by = cast(:user as uuid) or " + SPEAKS.formatted("t") + ")",
                    "jsonb_build_object('run_id', t.id, 'workflow_id', t.workflow_id, 'input', t.input, 'output', t.output, 'cause', t.cause)",
                    "started_by = nullif(started_by, cast(:user as uuid)), input = '{\"erased\": true}',"
                            + " output = case when output is null then null else cast('{\"erased\": true}' as jsonb) end, cause = null"),
            new Store(
                    "core.workflow_steps",
                    "run_id, number",
                    SPEAKS.formatted("t"),
                    "jsonb_build_object('run_id', t.run_id, 'element', t.element, 'input', t.input, 'output', t.output, 'cause', t.cause)",
                    "input = null, output = null, cause = null"),
            new Store(
                    "core.schedules",
                    "id",
                    "(t.owned_by = cast(:user as uuid)"
                            + " or core.matches_person(cast(t.input as text), cast(:user as uuid), cast(:mention as text)))",
                    "jsonb_build_object('schedule_id', t.id, 'name', t.name, 'workflow_id', t.workflow_id, 'input', t.input)",
                    "owned_by = nullif(owned_by, cast(:user as uuid)), input = '{\"erased\": true}'"),
            new Store(
                    "core.workflow_tasks",
                    "id",
                    "cast(:user as uuid) in (t.assignee, t.completed_by, t.excluded)",
                    "jsonb_build_object('task_id', t.id, 'run_id', t.run_id, 'decision', t.decision)",
                    "assignee = nullif(assignee, cast(:user as uuid)), completed_by = nullif(completed_by, cast(:user as uuid)),"
                            + " excluded = nullif(excluded, cast(:user as uuid))"),
            new Store(
                    "core.approval_rules",
                    "plugin, action",
                    "t.changed_by = cast(:user as uuid)",
                    "jsonb_build_object('plugin', t.plugin, 'action', t.action)",
                    "changed_by = null"));

    private static final int BATCH = 500;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A row in an export. */
    record Told(@JsonRawValue String data) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Store store : STORES) {
            long rows = ((Number) bound(
                                    "select count(*) from %s t where t.org_id = :org and %s"
                                            .formatted(store.table(), store.about()),
                                    actor,
                                    subject)
                            .getSingleResult())
                    .longValue();
            if (rows > 0) {
                counts.put(store.table(), rows);
            }
        }
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        for (Store store : STORES) {
            int from = 0;
            List<?> rows;
            do {
                rows = bound(
                                "select cast(%s as text) from %s t where t.org_id = :org and %s order by %s"
                                        .formatted(store.told(), store.table(), store.about(), store.key()),
                                actor,
                                subject)
                        .setFirstResult(from)
                        .setMaxResults(BATCH)
                        .getResultList();
                rows.forEach(row -> sink.accept(store.table(), new Told((String) row)));
                from += BATCH;
            } while (rows.size() == BATCH);
        }
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        long left = most;
        for (Store store : STORES) {
            if (left == 0) {
                break;
            }
            // Chosen once. A subquery of the condition is looked up again for each row under some plans, and finds
            // other rows each time: the lock passes over those that this statement has changed.
            int rows = bound(
                            "with chosen as materialized (select t.org_id, %4$s from %1$s t where t.org_id = :org and %5$s order by %4$s limit :most for update) update %1$s set %2$s where (org_id, %3$s) in (select * from chosen)"
                                    .formatted(
                                            store.table(),
                                            store.forget(),
                                            store.key(),
                                            qualified(store.key()),
                                            store.about()),
                            actor,
                            subject)
                    .setParameter("most", left)
                    .executeUpdate();
            if (rows > 0) {
                erased.put(store.table(), (long) rows);
            }
            left -= rows;
        }
        return erased;
    }

    private static String qualified(String key) {
        return "t." + key.replace(", ", ", t.");
    }

    private Query bound(String sql, Actor actor, Subject subject) {
        Query query =
                em.createNativeQuery(sql).setParameter("org", actor.orgId()).setParameter("user", subject.userId());
        if (sql.contains(":mention")) {
            query.setParameter("mention", subject.mention());
        }
        return query;
    }
}
