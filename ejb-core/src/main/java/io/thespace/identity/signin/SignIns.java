package io.thespace.identity.signin;

import io.thespace.audit.AuditDraft;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.CandidateView;
import io.thespace.identity.IdentityError;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.MembershipView;
import io.thespace.identity.Memberships;
import io.thespace.identity.Users;
import io.thespace.identity.access.AccessStatuses;
import io.thespace.identity.access.AccessTokens;
import io.thespace.identity.access.Bearer;
import io.thespace.identity.access.Grant;
import io.thespace.identity.signin.LoginThrottle.Attempt;
import io.thespace.identity.signin.Renewal.Outcome;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Signing in, staying signed in and signing out. The tenant is not known before the caller is authenticated, so this
 * class opens no transaction itself: it binds the tenant as soon as it is known, and leaves each transaction to one use
 * case.
 */
@ApplicationScoped
public class SignIns {

    private static final Log LOG = Log.of(SignIns.class);

    @Inject
    LoginThrottle throttle;

    @Inject
    Passwords passwords;

    @Inject
    Users users;

    @Inject
    Memberships memberships;

    @Inject
    RefreshTokens refreshTokens;

    @Inject
    AccessTokens accessTokens;

    @Inject
    AccessStatuses accessStatuses;

    @Inject
    Event<SignInRefused> refusals;

    /**
     * Signs a user in with email address and password. All mismatches answer alike and take the same time.
     *
     * @param actor anonymous, with the address that the attempt is counted for
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code TOO_BUSY}, {@code WRONG_CREDENTIALS}
     */
    public TokenReceipt login(Actor actor, LoginRequest request) {
        Attempt attempt = throttle.begin(request.email(), actor.address());
        boolean wrong = false;
        try {
            Optional<CandidateView> candidate = users.candidate(actor, request.email());
            Passwords.Match match = passwords.match(
                    request.password(),
                    candidate.map(CandidateView::passwordHash).orElse(null));
            boolean matches = match != Passwords.Match.NONE;
            Optional<MembershipView> membership = !matches || !candidate.get().active()
                    ? Optional.empty()
                    : choose(memberships.of(actor, candidate.get().userId()), request);
            if (membership.isEmpty()) {
                wrong = true;
                candidate.ifPresent(
                        user -> refusals.fire(new SignInRefused(user.userId(), request.orgId(), actor.requestId())));
                throw new Rejection(
                        IdentityError.WRONG_CREDENTIALS,
                        "The email address or the password is wrong, or this user may" + " not sign in here.");
            }
            if (match == Passwords.Match.OUTDATED) {
                users.rehash(
                        actor,
                        candidate.get().userId(),
                        candidate.get().passwordHash(),
                        passwords.hashOf(request.password()));
            }
            return open(actor, candidate.get(), membership.get());
        } finally {
            attempt.end(wrong);
        }
    }

    private static Optional<MembershipView> choose(List<MembershipView> memberships, LoginRequest request) {
        return memberships.stream()
                .filter(m -> request.orgId() == null || request.orgId().equals(m.orgId()))
                .findFirst();
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private TokenReceipt open(Actor actor, CandidateView user, MembershipView membership) {
        RefreshTokenText token = RefreshTokenText.make(membership.orgId());
        Actor caller = new Actor(
                null, null, null, null, actor.requestId(), actor.sessionId(), actor.address(), user.synthetic());
        Grant grant;
        try (Tenant tenant = Tenant.bind(membership.orgId())) {
            grant = refreshTokens.open(
                    caller,
                    membership.orgId(),
                    user.userId(),
                    user.email(),
                    MembershipRole.of(membership.role()).role(user.platformAdmin()),
                    token.hash());
        }
        return receipt(grant, token);
    }

    /**
     * Trades a refresh token for new tokens. A token that was used before ends its whole sign-in, since two hold it, unless the same
     * client repeats its request at once.
     *
     * @param actor anonymous
     * @throws Rejection {@code REFRESH_TOKEN_REFUSED}
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public TokenReceipt refresh(Actor actor, RefreshRequest request) {
        RefreshTokenText presented =
                RefreshTokenText.parse(request.refreshToken()).orElseThrow(SignIns::refused);
        RefreshTokenText next = RefreshTokenText.make(presented.orgId());
        Renewal renewal;
        try (Tenant tenant = Tenant.bind(presented.orgId())) {
            renewal =
                    refreshTokens.rotate(actor, presented.orgId(), presented.hash(), next.hash(), presented.seal(next));
        }
        if (renewal.outcome() == Outcome.REUSED) {
            LOG.warning("Refresh token reuse detected; sign-in revoked", "org_id", presented.orgId());
        }
        if (renewal.outcome() != Outcome.RENEWED) {
            throw refused();
        }
        return receipt(renewal.grant(), renewal.successor() == null ? next : presented.open(renewal.successor()));
    }

    private static Rejection refused() {
        return new Rejection(
                IdentityError.REFRESH_TOKEN_REFUSED, "The refresh token is not valid any more. Sign in again.");
    }

    private TokenReceipt receipt(Grant grant, RefreshTokenText refreshToken) {
        AuditDraft.current()
                .ifPresent(draft -> draft.signedIn(grant.orgId(), grant.userId(), grant.role(), grant.signInId()));
        return new TokenReceipt(
                accessTokens.issue(grant),
                "Bearer",
                Configuration.get().get(Key.ACCESS_TOKEN_SECONDS),
                refreshToken.text());
    }

    /**
     * Ends the actor's sign-in: on this node at once, on every other within a second. Repetitions have no effect, nor
     * do calls for a user of an external issuer.
     */
    public void logout(Actor actor) {
        if (actor.signInId() != null) {
            refreshTokens.revoke(actor);
            accessStatuses.forget(new Bearer(actor.orgId(), actor.userId(), actor.signInId()));
        }
    }
}
