package io.thespace.invitation;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.Outbox;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.OrganizationView;
import io.thespace.identity.Organizations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The invitations into the actor's organization, and their uses. */
@Stateless
public class Invitations {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Outbox outbox;
    private Event<InvitationChanged> changes;
    private Organizations organizations;

    @Inject
    void foundIn(Organizations tenants) {
        organizations = tenants;
    }

    @Inject
    void publishTo(Outbox taker, Event<InvitationChanged> told) {
        outbox = taker;
        changes = told;
    }

    /** The newest first. */
    public Page<InvitationView> list(Actor actor, PageRequest page) {
        TypedQuery<Invitation> rows = em.createQuery(
                        "select i from Invitation i where i.orgId = :org"
                                + (page.after().isEmpty() ? "" : " and i.id < :after") + " order by i.id desc",
                        Invitation.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        Page<Invitation> found = Page.of(rows.getResultList(), page.limit(), invitation -> invitation
                .id()
                .toString());
        Instant now = Instant.now();
        return new Page<>(found.items().stream().map(one -> one.view(now)).toList(), found.nextKey());
    }

    /**
     * Returns an invitation.
     *
     * @throws Rejection {@code INVITATION_NOT_FOUND}
     */
    public InvitationView find(Actor actor, UUID id) {
        return invitation(actor, id, LockModeType.NONE).view(Instant.now());
    }

    /** Its code as a QR code holds it, without hyphens; refuses as {@link #find}. */
    public String code(Actor actor, UUID id) {
        return invitation(actor, id, LockModeType.NONE).code();
    }

    /**
     * Creates an invitation.
     *
     * @param email the only address that may accept it, in lower case; null for any
     * @param pinHash of its generated PIN
     */
    public InvitationView add(Actor actor, InvitationOrder order, String email, String pinHash) {
        Instant now = Instant.now();
        Invitation invitation = new Invitation(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                actor.userId(),
                InvitationCode.make(),
                pinHash,
                order,
                email,
                now);
        em.persist(invitation);
        InvitationView view = invitation.view(now);
        outbox.publish(
                actor,
                InvitationEventTypes.SOURCE,
                UserInvited.TYPE,
                view.invitationId().toString(),
                new UserInvited(view.invitationId(), view.role()));
        return view;
    }

    /**
     * Creates an organization and an invitation for its first owner.
     *
     * @param actor inside the organization that is to be, which is bound already
     * @param pinHash of the PIN that was made for the invitation
     */
    public NewOrganizationView found(Actor actor, OrganizationOrder order, String pin, String pinHash) {
        OrganizationView organization = organizations.add(actor, order.name());
        InvitationOrder owner = new InvitationOrder("Owner", MembershipRole.OWNER, 1, order.validHours());
        return new NewOrganizationView(
                organization, add(actor, owner, PersonIdentifier.normalForm(order.ownerEmail()), pinHash), pin);
    }

    /**
     * Revokes an invitation. A second time changes nothing.
     *
     * @throws Rejection {@code INVITATION_NOT_FOUND}
     */
    public void revoke(Actor actor, UUID id) {
        invitation(actor, id, LockModeType.PESSIMISTIC_WRITE).revoke(actor.userId(), Instant.now());
        changes.fire(new InvitationChanged());
    }

    /**
     * Returns the validity of the invitation with a code; needs no tenant.
     *
     * @param code without hyphens
     */
    public Optional<InvitationStatusView> accessStatus(Actor actor, String code) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select id, org_id, pin_hash, organization, role, expires_at, usable, email"
                                + " from core.invitation_standing(:code)")
                .setParameter("code", code)
                .getResultList();
        return rows.stream()
                .map(row -> new InvitationStatusView(
                        (UUID) row[0],
                        (UUID) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        (Instant) row[5],
                        (Boolean) row[6],
                        (String) row[7]))
                .findFirst();
    }

    /**
     * Accepts an invitation of the actor's organization whose PIN was verified: creates the user, unless there is one,
     * and a membership, and counts the use.
     *
     * @param order its email is in lower case
     * @param known the user with that email, whose password was verified; null when there was none
     * @param passwordHash of the password of a new user; null for an existing one
     * @return the user; empty when a user with that email was created meanwhile, and nothing was done
     * @throws Rejection {@code INVITATION_SPENT}, {@code ALREADY_MEMBER}
     */
    public Optional<UUID> accept(Actor actor, UUID id, AcceptanceOrder order, UUID known, String passwordHash) {
        // Locked first, so that concurrent transactions each see the previous uses.
        Invitation invitation = invitation(actor, id, LockModeType.PESSIMISTIC_WRITE);
        changes.fire(new InvitationChanged());
        Instant now = Instant.now();
        if (known != null && accepted(id, known)) {
            if (!member(actor, known)) {
                throw spent();
            }
            return Optional.of(known);
        }
        if (!invitation.usable(now)) {
            throw spent();
        }
        UUID userId = known;
        if (userId == null) {
            userId = UuidCreator.getTimeOrderedEpoch();
            int made = em.createNativeQuery(
                            "insert into core.users (id, email, name, password_hash, status, created_at)"
                                    + " values (:id, :email, :name, :hash, 'active', :now)"
                                    + " on conflict (email) where issuer is null do nothing")
                    .setParameter("id", userId)
                    .setParameter("email", order.email())
                    .setParameter("name", order.name().strip())
                    .setParameter("hash", passwordHash)
                    .setParameter("now", now)
                    .executeUpdate();
            if (made == 0) {
                return Optional.empty();
            }
        }
        int joined = em.createNativeQuery("insert into core.memberships (id, org_id, user_id, role, created_at)"
                        + " values (:id, :org, :user, :role, :now) on conflict (org_id, user_id) do nothing")
                .setParameter("id", UuidCreator.getTimeOrderedEpoch())
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .setParameter("role", invitation.role().text())
                .setParameter("now", now)
                .executeUpdate();
        if (joined == 0) {
            throw new Rejection(
                    InvitationError.ALREADY_MEMBER,
                    "You belong to this organization already: sign in at POST /api/auth/login.");
        }
        em.createNativeQuery("insert into core.invitation_acceptances (invitation_id, org_id, user_id, accepted_at)"
                        + " values (:id, :org, :user, :now)")
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .setParameter("now", now)
                .executeUpdate();
        invitation.use();
        outbox.publish(
                actor,
                InvitationEventTypes.SOURCE,
                InvitationAccepted.TYPE,
                id.toString(),
                new InvitationAccepted(id, userId, invitation.role().text()));
        return Optional.of(userId);
    }

    private boolean accepted(UUID id, UUID userId) {
        return !em.createNativeQuery(
                        "select 1 from core.invitation_acceptances where invitation_id = ?1 and user_id = ?2",
                        Integer.class)
                .setParameter(1, id)
                .setParameter(2, userId)
                .getResultList()
                .isEmpty();
    }

    private boolean member(Actor actor, UUID userId) {
        return !em.createNativeQuery("select 1 from core.memberships where org_id = ?1 and user_id = ?2", Integer.class)
                .setParameter(1, actor.orgId())
                .setParameter(2, userId)
                .getResultList()
                .isEmpty();
    }

    private static Rejection spent() {
        return new Rejection(
                InvitationError.INVITATION_SPENT,
                "This invitation has expired, is revoked or is used up. Request a new one.");
    }

    private Invitation invitation(Actor actor, UUID id, LockModeType lock) {
        return em.createQuery("select i from Invitation i where i.orgId = :org and i.id = :id", Invitation.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        InvitationError.INVITATION_NOT_FOUND,
                        "There is no invitation with this id in your organization."));
    }
}
