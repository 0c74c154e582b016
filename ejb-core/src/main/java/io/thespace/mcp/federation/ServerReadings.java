package io.thespace.mcp.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Texts;
import io.thespace.plugin.api.Actor;
import io.thespace.revision.RevisionChanged;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schedule and the results of reading remote servers. A reading belongs to one node. */
@Stateless
public class ServerReadings {

    private static final int MAX_TEXT = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private ServerRows rows;
    private Event<RevisionChanged> changes;

    @Inject
    void use(ServerRows serverRows, Event<RevisionChanged> fired) {
        rows = serverRows;
        changes = fired;
    }

    /** A server that is to be read now by whichever node this gives it to; empty for none. */
    public Optional<String> claim(Actor actor) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<String> due = em.createNativeQuery("update core.mcp_server_readings r set due_at = now() +"
                        + " make_interval(secs => coalesce(cast(cast(s.definition as json) -> 'remote' ->>"
                        + " 'read_seconds' as double precision), 300)) from core.mcp_servers s where s.name ="
                        + " r.server and r.server = (select server from core.mcp_server_readings where due_at"
                        + " <= now() order by due_at limit 1 for update skip locked) returning r.server")
                .getResultList();
        return due.stream().findFirst();
    }

    /**
     * Keeps what a reading found. What the first one found is accepted; later, what differs is quarantined. A reading of a
     * configuration that is no longer the server's changes nothing, and the server is read again.
     *
     * @param changedAt when the configuration that was read was last changed
     * @param found definitions by kind and then name
     * @param remark what of the server was left out, and why; null for nothing
     */
    public void succeeded(
            Actor actor,
            String server,
            Instant changedAt,
            McpWire wire,
            Map<String, Map<String, ObjectNode>> found,
            String remark) {
        // Before the rows: all changes take this lock first, so the configuration stays until the end of the
        // transaction.
        rows.lock();
        if (outdated(server, changedAt)) {
            return;
        }
        Reading before = reading(server);
        List<ServerItem> differing = differing(rows.items(server), found, before.first());
        if (!wire.text().equals(before.wire()) || !differing.isEmpty()) {
            rows.revise();
            differing.forEach(item -> rows.put(server, item));
            changes.fire(new RevisionChanged(McpServers.REVISION));
        }
        em.createNativeQuery("update core.mcp_server_readings set wire = :wire, read_at = now(), fault = null,"
                        + " remark = cast(:remark as text) where server = :server")
                .setParameter("wire", wire.text())
                .setParameter("remark", remark == null ? null : cut(remark))
                .setParameter("server", server)
                .executeUpdate();
    }

    /** Whether a reading was of another configuration than the server's present one; if there is one, it is read soon. */
    private boolean outdated(String server, Instant changedAt) {
        boolean present = !em.createNativeQuery(
                        "select 1 from core.mcp_servers where name = :server and changed_at = :changed")
                .setParameter("server", server)
                .setParameter("changed", changedAt)
                .getResultList()
                .isEmpty();
        if (!present) {
            em.createNativeQuery("update core.mcp_server_readings set due_at = now() where server = :server")
                    .setParameter("server", server)
                    .executeUpdate();
        }
        return !present;
    }

    /** The state of a server before the reading: whether it is the first, and its wire. */
    private record Reading(boolean first, String wire) {}

    private Reading reading(String server) {
        Object[] row = (Object[]) em.createNativeQuery(
                        "select read_at is null, wire from core.mcp_server_readings where server = :server")
                .setParameter("server", server)
                .getSingleResult();
        return new Reading((Boolean) row[0], (String) row[1]);
    }

    private static List<ServerItem> differing(
            List<ServerItem> items, Map<String, Map<String, ObjectNode>> found, boolean first) {
        List<ServerItem> differing = new ArrayList<>();
        Map<String, ServerItem> known = ServerRows.keyed(items);
        found.forEach((kind, definitions) -> definitions.forEach((name, definition) -> {
            ServerItem before = known.remove(kind + " " + name);
            ServerItem after = seen(kind, name, definition, before, first);
            if (!after.equals(before)) {
                differing.add(after);
            }
        }));
        known.values().stream()
                .filter(item -> item.present() || item.offered() != null)
                .map(item -> new ServerItem(item.kind(), item.name(), item.accepted(), null, false))
                .forEach(differing::add);
        return differing;
    }

    private static ServerItem seen(String kind, String name, ObjectNode definition, ServerItem before, boolean first) {
        ObjectNode accepted = before == null ? null : before.accepted();
        if (accepted == null && first) {
            accepted = definition;
        }
        boolean same = accepted != null && Pin.text(accepted).equals(Pin.text(definition));
        return new ServerItem(kind, name, accepted, same ? null : definition, true);
    }

    /**
     * Keeps why a reading failed. What was found before stays in service.
     *
     * @param changedAt as for {@link #succeeded}
     */
    public void failed(Actor actor, String server, Instant changedAt, String fault) {
        rows.lock();
        if (outdated(server, changedAt)) {
            return;
        }
        em.createNativeQuery("update core.mcp_server_readings set fault = :fault where server = :server")
                .setParameter("fault", cut(fault))
                .setParameter("server", server)
                .executeUpdate();
    }

    private static String cut(String text) {
        return Texts.truncate(text, MAX_TEXT);
    }
}
