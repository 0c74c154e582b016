package io.thespace.event;

import io.thespace.identity.MembershipView;
import io.thespace.identity.Memberships;
import io.thespace.identity.signin.SignInRefused;
import io.thespace.identity.signin.SignedIn;
import io.thespace.limit.LimitReached;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes that callers signed in, were refused, or used a limit up. */
@ApplicationScoped
class CallerEvents implements EventPublisher {

    static final String SIGN_INS = "/sign-ins";
    static final String LIMITS = "/limits";

    /** Data of the event that a user signed in. */
    record UserSignedIn(UUID userId, UUID signInId) {}

    /** Data of the event that a user was refused. */
    record UserSignInRefused(UUID userId) {}

    /** Data of the event that a caller used a limit up. */
    record CallerLimitReached(UUID userId, String policy, long calls, long seconds) {}

    private static final EventType SIGNED_IN =
            new EventType("user_signed_in", "A user signed in; the subject is the user.", UserSignedIn.class);
    private static final EventType REFUSED = new EventType(
            "sign_in_refused",
            "A sign-in of a user was refused for a wrong password, or since the user may not sign in; the subject is the"
                    + " user. At most as many as the throttle lets passwords be tried.",
            UserSignInRefused.class);
    private static final EventType LIMIT_REACHED = new EventType(
            "limit_reached",
            "A caller used a limit up; the subject is the user. At most one for each caller, limit and window.",
            CallerLimitReached.class);

    private Outbox outbox;
    private PendingEvents pending;
    private Memberships memberships;

    CallerEvents() {}

    @Inject
    CallerEvents(Outbox outbox, PendingEvents pending, Memberships memberships) {
        this.outbox = outbox;
        this.pending = pending;
        this.memberships = memberships;
    }

    @Override
    public List<PublishedType> types() {
        return List.of(
                new PublishedType(SIGN_INS, SIGNED_IN),
                new PublishedType(SIGN_INS, REFUSED),
                new PublishedType(LIMITS, LIMIT_REACHED));
    }

    void signedIn(@Observes SignedIn event) {
        Actor user = new Actor(
                event.orgId(), event.userId(), Role.USER, null, event.requestId(), null, null, event.synthetic());
        outbox.publish(
                user,
                SIGN_INS,
                SIGNED_IN,
                event.userId().toString(),
                new UserSignedIn(event.userId(), event.signInId()));
    }

    /** Written later, so that the answer takes as long as for an email address that no user has. */
    void refused(@Observes SignInRefused event) {
        pending.add(
                () -> organization(event),
                event.requestId(),
                SIGN_INS,
                REFUSED,
                event.userId().toString(),
                new UserSignInRefused(event.userId()));
    }

    private Optional<UUID> organization(SignInRefused event) {
        return memberships.of(Actor.platform(null, event.requestId()), event.userId()).stream()
                .map(MembershipView::orgId)
                .filter(orgId -> event.orgId() == null || event.orgId().equals(orgId))
                .findFirst();
    }

    void limitReached(@Observes LimitReached event) {
        pending.add(
                () -> Optional.of(event.orgId()),
                event.requestId(),
                LIMITS,
                LIMIT_REACHED,
                event.userId().toString(),
                new CallerLimitReached(event.userId(), event.policy(), event.calls(), event.seconds()));
    }
}
