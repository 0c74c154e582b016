package io.thespace.mcp.federation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of readings and of what they found, for the use cases of this package. */
@Stateless
@SuppressWarnings("unchecked") // native queries are not typed
public class ServerRows {

    /** The tools and prompts of one server. */
    static final int MAX_ITEMS = 500;

    private static final String ITEM =
            "select server, kind, name, accepted, offered, present from core.mcp_server_items";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Lets nodes see that something is another than before; one transaction after the other. */
    public void revise() {
        em.createNativeQuery("update core.mcp_federation_revision set revision = revision + 1")
                .executeUpdate();
    }

    /** Lets no other transaction change servers, or what is in service of them, until this one ends. */
    public void lock() {
        em.createNativeQuery("select revision from core.mcp_federation_revision for update")
                .getSingleResult();
    }

    /** Lets a node read a server within a second. */
    public void readSoon(String server) {
        em.createNativeQuery("insert into core.mcp_server_readings (server, due_at) values (:server, now())"
                        + " on conflict (server) do update set due_at = now()")
                .setParameter("server", server)
                .executeUpdate();
    }

    /** The states of the remote servers, by name. */
    public Map<String, McpServerView.RemoteState> states() {
        Map<String, McpServerView.RemoteState> states = new HashMap<>();
        List<Object[]> rows = em.createNativeQuery("select r.server, r.wire, r.read_at, r.fault, r.remark,"
                        + " count(i.name) filter (where i.kind = 'tool' and i.present and i.accepted is not null"
                        + " and i.offered is null), count(i.offered)"
                        + " from core.mcp_server_readings r left join core.mcp_server_items i on i.server = r.server"
                        + " group by r.server")
                .getResultList();
        for (Object[] row : rows) {
            Instant readAt = (Instant) row[2];
            String fault = (String) row[3];
            states.put(
                    (String) row[0],
                    new McpServerView.RemoteState(
                            fault != null ? "failing" : readAt == null ? "unread" : "ok",
                            McpWire.of((String) row[1]),
                            ((Number) row[5]).intValue(),
                            ((Number) row[6]).intValue(),
                            readAt,
                            fault,
                            (String) row[4]));
        }
        return states;
    }

    /** Returns items in service, by server. */
    public Map<String, List<ServerItem>> inService() {
        Map<String, List<ServerItem>> items = new HashMap<>();
        List<Object[]> rows = em.createNativeQuery(ITEM
                        + " where present and accepted is not null and offered is null order by server, kind, name")
                .getResultList();
        rows.forEach(row -> items.computeIfAbsent((String) row[0], server -> new ArrayList<>())
                .add(item(row)));
        return items;
    }

    /** Returns quarantined items. */
    public List<ServerItemView> quarantined() {
        List<Object[]> rows = em.createNativeQuery(
                        ITEM + " where offered is not null order by server, kind, name limit 1000")
                .getResultList();
        return rows.stream()
                .map(row -> ServerItemView.of((String) row[0], item(row)))
                .toList();
    }

    /** All of a server. */
    public List<ServerItem> items(String server) {
        List<Object[]> rows = em.createNativeQuery(
                        ITEM + " where server = :server order by kind, name limit " + 2 * MAX_ITEMS)
                .setParameter("server", server)
                .getResultList();
        return rows.stream().map(ServerRows::item).toList();
    }

    private static ServerItem item(Object[] row) {
        return new ServerItem(
                (String) row[1], (String) row[2], definition(row[3]), definition(row[4]), (Boolean) row[5]);
    }

    private static ObjectNode definition(Object text) {
        try {
            return text == null ? null : (ObjectNode) Json.MAPPER.readTree((String) text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A definition in the database is JSON", e);
        }
    }

    /** Puts a quarantined item in service. */
    public void accept(String server, ServerItem item) {
        put(server, new ServerItem(item.kind(), item.name(), item.offered(), null, item.present()));
    }

    /** Stores the current state of an item; deletes one that was never accepted and is no longer offered. */
    public void put(String server, ServerItem item) {
        if (item.accepted() == null && item.offered() == null) {
            drop(server, item);
            return;
        }
        em.createNativeQuery("insert into core.mcp_server_items"
                        + " (server, kind, name, accepted, offered, present, changed_at)"
                        + " values (:server, :kind, :name, cast(:accepted as text), cast(:offered as text), :present,"
                        + " now()) on conflict (server, kind, name) do update set accepted = excluded.accepted,"
                        + " offered = excluded.offered, present = excluded.present, changed_at = now()")
                .setParameter("server", server)
                .setParameter("kind", item.kind())
                .setParameter("name", item.name())
                .setParameter("accepted", item.accepted() == null ? null : Pin.text(item.accepted()))
                .setParameter("offered", item.offered() == null ? null : Pin.text(item.offered()))
                .setParameter("present", item.present())
                .executeUpdate();
    }

    private void drop(String server, ServerItem item) {
        em.createNativeQuery(
                        "delete from core.mcp_server_items where server = :server and kind = :kind and name = :name")
                .setParameter("server", server)
                .setParameter("kind", item.kind())
                .setParameter("name", item.name())
                .executeUpdate();
    }

    /** By kind and name. */
    static Map<String, ServerItem> keyed(List<ServerItem> items) {
        Map<String, ServerItem> keyed = new LinkedHashMap<>();
        items.forEach(item -> keyed.put(item.kind() + " " + item.name(), item));
        return keyed;
    }
}
