package io.thespace.webhook;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;

/** Finds the webhooks of all organizations that have something to do. */
@Stateless
public class DueWebhooks {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Returns up to {@code most} of them, in random order. */
    public List<DueWebhook> list(Actor actor, int most) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select id, org_id, types from core.due_webhooks(:most)")
                .setParameter("most", most)
                .getResultList();
        return rows.stream()
                .map(row -> new DueWebhook((UUID) row[0], (UUID) row[1], Webhook.types((String) row[2])))
                .toList();
    }
}
