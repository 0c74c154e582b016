package io.thespace.invitation;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditDraft;
import io.thespace.identity.CandidateView;
import io.thespace.identity.MemberOrder;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.Memberships;
import io.thespace.identity.Users;
import io.thespace.identity.signin.LoginThrottle;
import io.thespace.identity.signin.LoginThrottle.Attempt;
import io.thespace.identity.signin.LoginThrottle.Guessed;
import io.thespace.identity.signin.Passwords;
import io.thespace.invitation.ValidationView.MembershipOfferView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates, validates and accepts invitations. Hashing a PIN takes long, so it is done outside of transactions; and an
 * invited person has no tenant yet, so it is bound here after the PIN was verified.
 */
@ApplicationScoped
public class Onboarding {

    private static final int PINS = 100_000_000;
    private static final int ATTEMPTS = 3;

    private final SecureRandom random = new SecureRandom();

    private Invitations invitations;
    private Passwords passwords;
    private LoginThrottle throttle;
    private Users users;
    private Memberships memberships;

    Onboarding() {}

    @Inject
    Onboarding(
            Invitations invitations,
            Passwords passwords,
            LoginThrottle throttle,
            Users users,
            Memberships memberships) {
        this.invitations = invitations;
        this.passwords = passwords;
        this.throttle = throttle;
        this.users = users;
        this.memberships = memberships;
    }

    /**
     * Makes an invitation into the actor's organization, with a PIN of eight digits.
     *
     * @throws Rejection {@code TOO_BUSY}
     */
    public NewInvitationView invite(Actor actor, InvitationOrder order) {
        String pin = pin();
        String hash = passwords.hashOf(pin);
        return new NewInvitationView(invitations.add(actor, order, null, hash), pin);
    }

    /**
     * Invites a person into the actor's organization: a membership requires acceptance, and the response does not
     * reveal whether the address is known elsewhere on the platform.
     *
     * @throws Rejection {@code ROLE_EXCEEDED}, {@code USER_EXISTS}, {@code TOO_BUSY}
     */
    public NewInvitationView invite(Actor actor, MemberOrder order) {
        memberships.checkInvitable(actor, order);
        String pin = pin();
        String hash = passwords.hashOf(pin);
        InvitationOrder invitation = new InvitationOrder(order.name(), order.role(), 1, null);
        return new NewInvitationView(
                invitations.add(actor, invitation, PersonIdentifier.normalForm(order.email()), hash), pin);
    }

    /**
     * Creates an organization with an invitation for its first owner.
     *
     * @param caller a platform administrator
     * @throws Rejection {@code TOO_BUSY}
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public NewOrganizationView found(Actor caller, OrganizationOrder order) {
        String pin = pin();
        String hash = passwords.hashOf(pin);
        UUID orgId = UuidCreator.getTimeOrderedEpoch();
        try (Tenant tenant = Tenant.bind(orgId)) {
            return invitations.found(in(caller, orgId), order, pin, hash);
        }
    }

    private String pin() {
        return "%08d".formatted(random.nextInt(PINS));
    }

    /**
     * Validates an invitation. An unknown code, a wrong PIN and an invitation that is no longer valid get the same
     * response in the same time. A wrong PIN counts against its code. An unknown code, a wrong PIN and an invitation
     * that holds no more answer alike and take the same time. A wrong PIN counts for its code.
     *
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code TOO_BUSY}
     */
    public ValidationView validate(Actor actor, ValidationRequest request) {
        Optional<String> code = InvitationCode.read(request.code());
        Attempt attempt = throttle.begin(List.of(guessed(code, request.code())));
        boolean wrong = false;
        try {
            Optional<InvitationStatusView> accessStatus = code.flatMap(c -> invitations.accessStatus(actor, c));
            wrong = !matches(request.pin(), accessStatus);
            return wrong || !accessStatus.get().usable()
                    ? ValidationView.NONE
                    : accessStatus
                            .map(s -> new ValidationView(
                                    true,
                                    new MembershipOfferView(s.orgId(), s.organization(), s.role(), s.expiresAt())))
                            .get();
        } finally {
            attempt.end(wrong);
        }
    }

    /**
     * Accepts an invitation. A repeated acceptance by the same person returns the same response without another use.
     * Who comes again by the same one gets the same answer, and no use is counted.
     *
     * @param caller anonymous, with the address that the attempt is counted for
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code TOO_BUSY}, {@code INVITATION_REFUSED}, {@code NOT_INVITED}, {@code
     *     EMAIL_KNOWN}, {@code PASSWORD_TOO_SHORT}, {@code INVITATION_SPENT}, {@code ALREADY_MEMBER}
     */
    public AcceptanceReceipt accept(Actor caller, AcceptanceOrder sent) {
        AcceptanceOrder order = new AcceptanceOrder(
                sent.code(), sent.pin(), PersonIdentifier.normalForm(sent.email()), sent.name(), sent.password());
        Optional<String> code = InvitationCode.read(order.code());
        List<Guessed> guessed = new ArrayList<>();
        guessed.add(guessed(code, order.code()));
        guessed.add(Guessed.account(order.email()));
        if (caller.address() != null) {
            guessed.add(Guessed.address(caller.address()));
        }
        Attempt attempt = throttle.begin(guessed);
        boolean wrong = false;
        try {
            Optional<InvitationStatusView> accessStatus = code.flatMap(c -> invitations.accessStatus(caller, c));
            if (!matches(order.pin(), accessStatus)) {
                wrong = true;
                throw new Rejection(
                        InvitationError.INVITATION_REFUSED,
                        "The code and the PIN do not belong to an invitation. Check both, or ask for another.");
            }
            String invited = accessStatus.get().email();
            if (invited != null && !invited.equals(order.email())) {
                // Counted, and before anything is learnt about the address.
                wrong = true;
                throw Rejection.of(
                        InvitationError.NOT_INVITED, "email", "This invitation is for another email address.");
            }
            for (int i = 1; ; i++) {
                Optional<CandidateView> known = users.candidate(caller, order.email());
                if (known.isPresent()
                        && !passwords.matches(
                                order.password(),
                                known.get().active() ? known.get().passwordHash() : null)) {
                    wrong = true;
                    throw Rejection.of(
                            InvitationError.EMAIL_KNOWN,
                            "password",
                            "A user with this email address exists. If it is yours, send the password of that account.");
                }
                String hash = known.isPresent() ? null : passwords.hash(order.password());
                Optional<UUID> userId = admit(
                        caller,
                        accessStatus.get(),
                        order,
                        known.map(CandidateView::userId).orElse(null),
                        hash);
                if (userId.isPresent()) {
                    return new AcceptanceReceipt(
                            userId.get(),
                            accessStatus.get().orgId(),
                            accessStatus.get().organization(),
                            accessStatus.get().role());
                }
                if (i == ATTEMPTS) {
                    throw new IllegalStateException("A user with an email address came about, and was gone again");
                }
            }
        } finally {
            attempt.end(wrong);
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Optional<UUID> admit(
            Actor caller, InvitationStatusView accessStatus, AcceptanceOrder order, UUID known, String hash) {

        Optional<UUID> userId;
        try (Tenant tenant = Tenant.bind(accessStatus.orgId())) {
            userId = invitations.accept(in(caller, accessStatus.orgId()), accessStatus.id(), order, known, hash);
        }
        userId.ifPresent(id -> AuditDraft.current()
                .ifPresent(draft -> draft.signedIn(
                        accessStatus.orgId(),
                        id,
                        MembershipRole.of(accessStatus.role()).role(false),
                        null)));
        return userId;
    }

    /** The caller inside an organization that their PIN opened. */
    private static Actor in(Actor caller, UUID orgId) {
        return new Actor(
                orgId, null, null, null, caller.requestId(), caller.sessionId(), caller.address(), caller.synthetic());
    }

    private boolean matches(String pin, Optional<InvitationStatusView> accessStatus) {
        return passwords.matches(
                pin.strip(), accessStatus.map(InvitationStatusView::pinHash).orElse(null));
    }

    /** Also counts malformed codes, so that the limits do not reveal which codes exist. */
    private static Guessed guessed(Optional<String> code, String typed) {
        return Guessed.invitation(code.orElse(typed));
    }
}
