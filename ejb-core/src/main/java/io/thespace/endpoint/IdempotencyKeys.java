package io.thespace.endpoint;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Does a call once however often it is sent. The key, a digest of the request and the answer are stored in the transaction
 * of the effect: either all are there or none. A refusal has no effect and is not stored; the same key may be used again
 * after it.
 */
@Stateless
public class IdempotencyKeys {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    /**
     * Runs {@code effect} in this transaction and stores its answer, or gives back the answer stored before.
     *
     * @param fingerprint a digest of all that makes the request what it is
     * @return empty when another call with the key is still running
     * @throws Rejection {@code KEY_REUSED} when the key stands for another request; and what {@code effect} refuses with
     */
    public Optional<Answer> once(Actor actor, String key, byte[] fingerprint, Callable<Answer> effect)
            throws Exception {
        Object[] claim = (Object[]) bind(
                        entities.createNativeQuery("select claimed, fingerprint, status, media_type, body"
                                + " from core.claim_idempotency_key(:org, :principal, :key)"),
                        actor,
                        key)
                .getSingleResult();
        if (!(Boolean) claim[0]) {
            return Optional.empty();
        }
        if (claim[1] != null) {
            if (!Arrays.equals((byte[]) claim[1], fingerprint)) {
                throw new Rejection(
                        EndpointError.KEY_REUSED,
                        "This Idempotency-Key was used before with another request. Use a new key for a new request.");
            }
            return Optional.of(
                    new Answer(((Number) claim[2]).intValue(), (String) claim[3], (byte[]) claim[4], Map.of(), true));
        }
        Answer answer = effect.call();
        bind(
                        entities.createNativeQuery("insert into core.idempotency_keys"
                                + " (org_id, principal, key, fingerprint, status, media_type, body)"
                                + " values (:org, :principal, :key, :fingerprint, :status, :media_type, :body)"),
                        actor,
                        key)
                .setParameter("fingerprint", fingerprint)
                .setParameter("status", answer.status())
                .setParameter("media_type", answer.mediaType())
                .setParameter("body", answer.body())
                .executeUpdate();
        return Optional.of(answer);
    }

    private static Query bind(Query query, Actor actor, String key) {
        return query.setParameter("org", actor.orgId())
                .setParameter("principal", actor.userId())
                .setParameter("key", key);
    }
}
