package io.thespace.identity.key;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The public keys that nodes publish to each other. */
@Stateless
public class SigningKeys {

    /** The resolution of "last seen", so that a live key does not cost a write per check. */
    private static final Duration TOUCH = Duration.ofMinutes(5);

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * Makes a key known to every node, and known to be still in use.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo, DER
     * @return whether it is this key that the id stands for; false when another node's key has the same id
     */
    public boolean publish(Actor actor, String kid, byte[] publicKey) {
        em.createNativeQuery("insert into core.signing_keys (kid, public_key) values (:kid, :key) on conflict (kid) do"
                        + " update set last_seen_at = now() where signing_keys.last_seen_at < :touch")
                .setParameter("kid", kid)
                .setParameter("key", publicKey)
                .setParameter("touch", Instant.now().minus(TOUCH))
                .executeUpdate();
        byte[] published = em.createQuery("select k.publicKey from SigningKey k where k.kid = :kid", byte[].class)
                .setParameter("kid", kid)
                .getSingleResult();
        return Arrays.equals(published, publicKey);
    }

    /** The keys that a living access token may be signed with. */
    public List<SigningKeyView> living(Actor actor) {
        Duration longest = Duration.ofSeconds(Configuration.get().get(Key.ACCESS_TOKEN_SECONDS))
                .plus(TOUCH)
                .plusMinutes(5);
        return em.createQuery(
                        "select new io.thespace.identity.key.SigningKeyView(k.kid, k.publicKey) from SigningKey k"
                                + " where k.lastSeenAt > :since order by k.kid",
                        SigningKeyView.class)
                .setParameter("since", Instant.now().minus(longest))
                .getResultList();
    }
}
