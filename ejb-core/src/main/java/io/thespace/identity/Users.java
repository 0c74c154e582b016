package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Rate;
import io.thespace.identity.ProfileView.LimitsView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The users of the platform. */
@Stateless
public class Users {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * Returns the caller's profile.
     *
     * @param limits the caller's rate limits, by class
     * @throws Rejection {@code SUSPENDED} when the user was deleted
     */
    public ProfileView me(Actor actor, Map<String, Rate> limits) {
        UserView user = em.createQuery(
                        "select new io.thespace.identity.UserView(u.email, u.name) from User u where u.id = :id",
                        UserView.class)
                .setParameter("id", actor.userId())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(IdentityError.SUSPENDED, "This user no longer exists."));
        return new ProfileView(
                actor.userId(),
                user.email(),
                user.name(),
                actor.orgId(),
                List.of(actor.role().group()),
                ProfileView.permissions(actor.permissions()),
                LimitsView.of(limits));
    }

    /**
     * Returns the candidate for signing in with an email address, in any spelling. Of two accounts whose addresses have
     * one normal form, which older versions allowed, each is found by its own spelling.
     */
    public Optional<CandidateView> candidate(Actor actor, String email) {
        return em.createQuery(
                        "select new io.thespace.identity.CandidateView(u.id, u.email, u.passwordHash, u.platformAdmin,"
                                + " u.status, u.synthetic) from User u where u.email in (:normal, :lower) and u.issuer is null"
                                + " order by case when u.email = :lower then 0 else 1 end",
                        CandidateView.class)
                .setParameter("normal", PersonIdentifier.normalForm(email))
                .setParameter("lower", email.strip().toLowerCase(Locale.ROOT))
                .getResultStream()
                .findFirst();
    }

    /** Replaces the hash of a user's password, unless it was changed meanwhile. */
    public void rehash(Actor actor, UUID userId, String before, String after) {
        em.createNativeQuery("update core.users set password_hash = :after, version = version + 1"
                        + " where id = :user and password_hash = :before")
                .setParameter("after", after)
                .setParameter("user", userId)
                .setParameter("before", before)
                .executeUpdate();
    }

    /**
     * Finds the user of an external issuer, or creates the user with a membership in the bound tenant. The membership's role follows
     * the issuer's tokens until an administrator sets one. A user whom the organization removed gets no membership.
     *
     * @return the user's id; empty when the organization does not exist or is suspended
     */
    public Optional<UUID> provision(Actor actor, ExternalUser user) {
        boolean organization = em.createQuery(
                                "select count(o) from Organization o where o.id = :org and o.status = :active",
                                Long.class)
                        .setParameter("org", user.orgId())
                        .setParameter("active", Organization.ACTIVE)
                        .getSingleResult()
                > 0;
        if (!organization) {
            return Optional.empty();
        }
        Instant now = Instant.now();
        em.createNativeQuery("insert into core.users (id, email, name, status, issuer, subject, created_at)"
                        + " values (:id, nullif(:email, ''), :name, :active, :issuer, :subject, :now)"
                        + " on conflict (issuer, subject) do nothing")
                .setParameter("id", UuidCreator.getTimeOrderedEpoch())
                .setParameter("email", user.email() == null ? "" : user.email())
                .setParameter("name", user.name())
                .setParameter("active", User.ACTIVE)
                .setParameter("issuer", user.issuer())
                .setParameter("subject", user.subject())
                .setParameter("now", now)
                .executeUpdate();
        UUID userId = em.createQuery(
                        "select u.id from User u where u.issuer = :issuer and u.subject = :subject", UUID.class)
                .setParameter("issuer", user.issuer())
                .setParameter("subject", user.subject())
                .getSingleResult();
        em.createNativeQuery("insert into core.memberships as m"
                        + " (id, org_id, user_id, role, follows_issuer, issuer_admin_at, created_at)"
                        + " values (:id, :org, :user, :role, true, case when :admin then now() end, :now)"
                        + " on conflict (org_id, user_id) do update set issuer_admin_at = excluded.issuer_admin_at,"
                        + " role = case when m.follows_issuer then excluded.role else m.role end, version = m.version"
                        + " + case when m.follows_issuer and m.role <> excluded.role then 1 else 0 end"
                        + " where m.follows_issuer and m.role <> excluded.role"
                        + " or m.issuer_admin_at is distinct from excluded.issuer_admin_at")
                .setParameter("id", UuidCreator.getTimeOrderedEpoch())
                .setParameter("org", user.orgId())
                .setParameter("user", userId)
                .setParameter("role", MembershipRole.of(user.role()).text())
                .setParameter("admin", user.role() == Role.ADMIN)
                .setParameter("now", now)
                .executeUpdate();
        // Afterwards, since the insertion may have waited for the removal, and a statement does not see what was
        // committed meanwhile.
        em.createNativeQuery("delete from core.memberships m where m.org_id = :org and m.user_id = :user and exists"
                        + " (select 1 from core.removed_members r where r.org_id = m.org_id and r.user_id = m.user_id)")
                .setParameter("org", user.orgId())
                .setParameter("user", userId)
                .executeUpdate();
        return Optional.of(userId);
    }
}
