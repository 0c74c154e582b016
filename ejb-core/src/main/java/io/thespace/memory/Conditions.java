package io.thespace.memory;

import io.thespace.plugin.api.Actor;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;

/** The conditions of a query of memories, in JPQL: those that the actor may see, and any others. */
final class Conditions {

    private final StringBuilder text = new StringBuilder(" where m.orgId = :org");
    private final Map<String, Object> values = new LinkedHashMap<>();

    Conditions(Actor actor) {
        values.put("org", actor.orgId());
        if (actor.agentId() != null) {
            and("(m.agentId is null or m.agentId = :acting)");
            values.put("acting", actor.agentId());
        }
    }

    Conditions and(String condition) {
        text.append(" and ").append(condition);
        return this;
    }

    /** Unless the value is null. */
    Conditions and(String condition, String name, Object value) {
        if (value != null) {
            and(condition + ":" + name);
            values.put(name, value);
        }
        return this;
    }

    /** Returns a query of the memories that fulfil the conditions; {@link #bind} sets its parameters. */
    String query(String select, String order) {
        return select + text + " " + order;
    }

    <T> TypedQuery<T> bind(TypedQuery<T> query) {
        values.forEach(query::setParameter);
        return query;
    }
}
