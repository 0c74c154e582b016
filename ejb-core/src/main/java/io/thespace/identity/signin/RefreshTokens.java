package io.thespace.identity.signin;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.AccessStatusView;
import io.thespace.identity.Memberships;
import io.thespace.identity.access.Grant;
import io.thespace.identity.signin.Renewal.Outcome;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins and their families of refresh tokens, in the bound tenant. */
@Stateless
public class RefreshTokens {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @EJB
    Memberships memberships;

    private Event<SignInEnded> ended;
    private Event<SignedIn> begun;

    @Inject
    void tell(Event<SignInEnded> listeners, Event<SignedIn> observers) {
        ended = listeners;
        begun = observers;
    }

    /**
     * Starts a family.
     *
     * @param hash of its first token
     * @return the content of the first access token
     */
    public Grant open(Actor actor, UUID orgId, UUID userId, String email, Role role, String hash) {
        Instant now = Instant.now();
        Instant until = now.plus(lifetime());
        UUID signInId = UuidCreator.getTimeOrderedEpoch();
        em.persist(new SignIn(signInId, orgId, userId, now, until));
        em.flush();
        em.persist(new RefreshToken(hash, signInId, orgId, until));
        begun.fire(new SignedIn(orgId, userId, signInId, actor.requestId(), actor.synthetic()));
        return new Grant(orgId, userId, email, role, signInId);
    }

    /**
     * Consumes a token and creates the next one. Presenting it again from the same network within ten seconds, and
     * before the next one is used, returns that one again: the response was lost, or the client sent two requests at
     * once. Otherwise it counts as reused. That is a return value and not an exception because the revocation that it
     * causes must commit.
     *
     * @param presented the hash of the presented token
     * @param next the hash of the next token
     * @param sealed the next token, encrypted with the presented one
     */
    public Renewal rotate(Actor actor, UUID orgId, String presented, String next, String sealed) {
        Optional<UUID> family = em.createQuery("select t.signInId from RefreshToken t where t.hash = :hash", UUID.class)
                .setParameter("hash", presented)
                .getResultStream()
                .findFirst();
        if (family.isEmpty()) {
            return Renewal.refused(Outcome.UNKNOWN);
        }
        // The family is the lock: its tokens are read only while holding it.
        SignIn signIn = em.find(SignIn.class, family.get(), LockModeType.PESSIMISTIC_WRITE);
        RefreshToken token = signIn == null ? null : em.find(RefreshToken.class, presented);
        if (token == null) {
            return Renewal.refused(Outcome.UNKNOWN);
        }
        Instant now = Instant.now();
        if (!signIn.lives(now) || token.expired(now)) {
            return Renewal.refused(Outcome.ENDED);
        }
        String client = RefreshTokenText.client(presented, actor.address());
        Optional<String> successor = token.successor(now, client);
        if (token.used() && successor.isEmpty()) {
            signIn.reused(now);
            ended.fire(new SignInEnded(orgId, family.get()));
            return Renewal.refused(Outcome.REUSED);
        }
        Optional<AccessStatusView> accessStatus = memberships.accessStatus(actor, orgId, signIn.userId(), family.get());
        if (accessStatus.isEmpty() || !accessStatus.get().active()) {
            return Renewal.refused(Outcome.ENDED);
        }
        AccessStatusView user = accessStatus.get();
        Grant grant = new Grant(orgId, signIn.userId(), user.email(), user.role(), family.get());
        if (successor.isPresent()) {
            return new Renewal(Outcome.RENEWED, grant, successor.get());
        }
        em.createQuery(
                        "update RefreshToken t set t.successor = null where t.signInId = :family and t.successor is not null")
                .setParameter("family", family.get())
                .executeUpdate();
        Instant until = now.plus(lifetime());
        token.use(now, client, sealed);
        signIn.extend(until);
        em.persist(new RefreshToken(next, family.get(), orgId, until));
        return new Renewal(Outcome.RENEWED, grant, null);
    }

    /** Ends the actor's sign-in with all its tokens; does nothing when it has ended before. */
    public void revoke(Actor actor) {
        SignIn signIn = em.find(SignIn.class, actor.signInId(), LockModeType.PESSIMISTIC_WRITE);
        if (signIn != null) {
            signIn.signOut(Instant.now());
            ended.fire(new SignInEnded(actor.orgId(), actor.signInId()));
        }
    }

    /**
     * Deletes expired sign-ins and tokens of all tenants.
     *
     * @param atMost maximum per kind
     * @return the number deleted
     */
    public int purge(Actor actor, int atMost) {
        return ((Number) em.createNativeQuery("select core.purge_identity(:atMost)")
                        .setParameter("atMost", atMost)
                        .getSingleResult())
                .intValue();
    }

    private static Duration lifetime() {
        return Duration.ofDays(Configuration.get().get(Key.REFRESH_TOKEN_DAYS));
    }
}
