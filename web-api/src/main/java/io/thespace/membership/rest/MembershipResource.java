package io.thespace.membership.rest;

import io.thespace.endpoint.Resource;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.AcceptanceOrder;
import io.thespace.invitation.AcceptanceReceipt;
import io.thespace.invitation.InvitationError;
import io.thespace.invitation.Onboarding;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.invitation.ValidationView.MembershipOfferView;
import io.thespace.membership.MembershipChecks;
import io.thespace.membership.MembershipCredential;
import io.thespace.membership.MembershipError;
import io.thespace.plugin.api.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How people come in by an invitation, and the membership backend that this node is to itself and to others. */
@ApplicationScoped
class MembershipResource implements Resource {

    private static final String AUTHORIZATION = "Authorization";
    private static final String CODE = "7Q2M4-XK0VD-9FJ3H-B6T8R";
    private static final String PIN = "40718625";
    private static final UUID ORGANIZATION = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final ValidationRequest REQUEST = new ValidationRequest(CODE, PIN);
    private static final ValidationView VALID = new ValidationView(
            true,
            new MembershipOfferView(ORGANIZATION, "My organization", "member", Instant.parse("2026-02-07T12:00:00Z")));

    private MembershipChecks checks;
    private MembershipCredential credential;
    private Onboarding onboarding;

    MembershipResource() {}

    @Inject
    MembershipResource(MembershipChecks checks, MembershipCredential credential, Onboarding onboarding) {
        this.checks = checks;
        this.credential = credential;
        this.onboarding = onboarding;
    }

    @Override
    public String group() {
        return "Membership";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.post("/frontend/membership/validate-invitation")
                        .body(ValidationRequest.class, REQUEST)
                        .summary("Validate an invitation")
                        .description(
                                "Whether a code and a PIN open an invitation, and what into. An unknown code, a wrong PIN"
                                        + " and an invitation that holds no more all answer `{\"valid\": false, \"membership\":"
                                        + " null}` in the same time. Ten wrong answers in 15 minutes, for the invitation or for"
                                        + " the caller's address, and further attempts are refused until `Retry-After` has passed."
                                        + " The membership backend is asked, for at most `SPACE_MEMBERSHIP_TIMEOUT_MILLIS`.")
                        .open()
                        .answers(ValidationView.class, VALID)
                        .refuses(
                                IdentityError.TOO_MANY_ATTEMPTS,
                                IdentityError.TOO_BUSY,
                                MembershipError.MEMBERSHIP_BUSY,
                                MembershipError.MEMBERSHIP_UNAVAILABLE)
                        .ownTransactions()
                        .handler(call -> checks.validate(call.actor(), call.body())),
                Endpoint.post("/frontend/membership/accept-invitation")
                        .body(
                                AcceptanceOrder.class,
                                new AcceptanceOrder(
                                        CODE, PIN, "ada@example.org", "Ada Lovelace", "correct horse battery"))
                        .summary("Accept an invitation")
                        .description(
                                "Makes somebody a user of the invitation's organization, with its role; afterwards they"
                                        + " sign in with their email address and password. Somebody who is known here already"
                                        + " sends their password of here, and keeps it with their name. Sent again by the same"
                                        + " person it answers the same and counts no further use. Wrong attempts are limited like"
                                        + " failed sign-ins. Only invitations of this platform are accepted here, whatever"
                                        + " `SPACE_MEMBERSHIP_URL` says.")
                        .open()
                        .creates(
                                AcceptanceReceipt.class,
                                new AcceptanceReceipt(
                                        UUID.fromString("019a0000-0000-7000-8000-000000000003"),
                                        ORGANIZATION,
                                        "My organization",
                                        "member"))
                        .refuses(
                                IdentityError.TOO_MANY_ATTEMPTS,
                                IdentityError.TOO_BUSY,
                                InvitationError.INVITATION_REFUSED,
                                InvitationError.EMAIL_KNOWN,
                                IdentityError.PASSWORD_TOO_SHORT,
                                InvitationError.INVITATION_SPENT,
                                InvitationError.ALREADY_MEMBER)
                        .ownTransactions()
                        .handler(call -> onboarding.accept(call.actor(), call.body())),
                Endpoint.post("/membership/validate-invitation")
                        .body(ValidationRequest.class, REQUEST)
                        .header(AUTHORIZATION, "`Bearer` and the token of `SPACE_MEMBERSHIP_TOKEN`.", null)
                        .summary("Validate an invitation for another program")
                        .description("The membership backend that this node is, for itself and for other platforms: as"
                                + " `/api/frontend/membership/validate-invitation`, with the backend's token instead of a"
                                + " limit for the address, which is the asking program's matter.")
                        .open()
                        .answers(ValidationView.class, VALID)
                        .refuses(
                                MembershipError.CREDENTIAL_REFUSED,
                                IdentityError.TOO_MANY_ATTEMPTS,
                                IdentityError.TOO_BUSY)
                        .ownTransactions()
                        .handler(call -> {
                            credential.check(call.header(AUTHORIZATION).orElse(null));
                            return onboarding.validate(call.actor(), call.body());
                        }));
    }
}
