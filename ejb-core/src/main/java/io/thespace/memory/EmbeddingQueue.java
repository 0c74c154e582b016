package io.thespace.memory;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The memories whose meaning is not known yet. */
@Stateless
public class EmbeddingQueue {

    /** A memory that a node is to embed. */
    public record Due(UUID orgId, UUID memoryId) {}

    /**
     * A text to embed.
     *
     * @param hash of the content when it was read, in hexadecimal
     */
    public record Text(UUID memoryId, String content, String hash) {}

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Takes the memories of any organization that have waited longest; others leave them alone for a minute or more. */
    public List<Due> claim(int most) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = em.createNativeQuery("select org, memory from core.claim_memory_embeddings(:most)")
                .setParameter("most", most)
                .getResultList();
        return rows.stream().map(row -> new Due((UUID) row[0], (UUID) row[1])).toList();
    }

    /** The contents of memories of the actor's organization, as far as these are still there. */
    public List<Text> texts(Actor actor, List<UUID> ids) {
        return em.createQuery("select m from Memory m where m.orgId = :org and m.id in :ids", Memory.class)
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .getResultStream()
                .map(memory ->
                        new Text(memory.id(), memory.content(), HexFormat.of().formatHex(memory.contentHash())))
                .toList();
    }

    /** Stores the embedding of a memory, unless its content has changed. */
    public void store(Actor actor, Text text, List<Float> vector) {
        em.createNativeQuery("update core.memory_embeddings set embedding = cast(:vector as real[])"
                        + " where org_id = :org and memory_id = :memory and content_hash = decode(:hash, 'hex')")
                .setParameter("vector", vector.toString().replace('[', '{').replace(']', '}'))
                .setParameter("org", actor.orgId())
                .setParameter("memory", text.memoryId())
                .setParameter("hash", text.hash())
                .executeUpdate();
    }
}
