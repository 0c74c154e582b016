package io.thespace.membership.rest;

import static io.thespace.identity.IdentityError.PASSWORD_TOO_SHORT;
import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.identity.IdentityError.TOO_MANY_ATTEMPTS;
import static io.thespace.invitation.InvitationError.ALREADY_MEMBER;
import static io.thespace.invitation.InvitationError.EMAIL_KNOWN;
import static io.thespace.invitation.InvitationError.INVITATION_REFUSED;
import static io.thespace.invitation.InvitationError.INVITATION_SPENT;
import static io.thespace.invitation.InvitationError.NOT_INVITED;
import static io.thespace.membership.MembershipError.MEMBERSHIP_BUSY;
import static io.thespace.membership.MembershipError.MEMBERSHIP_UNAVAILABLE;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.AcceptanceOrder;
import io.thespace.invitation.AcceptanceReceipt;
import io.thespace.invitation.InvitationError;
import io.thespace.invitation.Onboarding;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.membership.MembershipChecks;
import io.thespace.membership.MembershipError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/frontend/membership}: showing and accepting invitations. */
@ApplicationScoped
@Governed
@Path("frontend/membership")
@Tag(name = "Membership")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MembershipResource {

    private MembershipChecks checks;
    private Onboarding onboarding;
    private CurrentCall call;

    public MembershipResource() {}

    @Inject
    MembershipResource(MembershipChecks checks, Onboarding onboarding, CurrentCall call) {
        this.checks = checks;
        this.onboarding = onboarding;
        this.call = call;
    }

    @POST
    @Path("validate-invitation")
    @Operation(
            summary = "Validate an invitation",
            description = "Checks the code and the PIN of an invitation and returns the membership that it grants."
                    + " An unknown code, a wrong PIN and an invitation that is no longer valid all return"
                    + " `{\"valid\": false, \"membership\": null}` in the same time. After ten failures in 15"
                    + " minutes, for the invitation or for the caller's address, further attempts are rejected"
                    + " until `Retry-After` has passed. The membership backend is called with the time limit"
                    + " `SPACE_MEMBERSHIP_TIMEOUT_MILLIS`.")
    @Open
    @OwnTransactions
    @IdentityError.Refuses({TOO_MANY_ATTEMPTS, TOO_BUSY})
    @MembershipError.Refuses({MEMBERSHIP_BUSY, MEMBERSHIP_UNAVAILABLE})
    public ValidationView validate(@Valid ValidationRequest request) {
        return checks.validate(call.actor(), request);
    }

    @POST
    @Path("accept-invitation")
    @Operation(
            summary = "Accept an invitation",
            description = "Adds a user to the invitation's organization, with its role; the user then signs in with"
                    + " email address and password. A user who already has an account on this platform sends its"
                    + " password; password and name stay unchanged. Repeating the request returns the same"
                    + " response and counts no further use. Failed attempts are limited like failed sign-ins."
                    + " Only invitations of this platform are accepted, regardless of `SPACE_MEMBERSHIP_URL`.")
    @APIResponse(responseCode = "201")
    @Open
    @OwnTransactions
    @IdentityError.Refuses({TOO_MANY_ATTEMPTS, TOO_BUSY, PASSWORD_TOO_SHORT})
    @InvitationError.Refuses({INVITATION_REFUSED, NOT_INVITED, EMAIL_KNOWN, INVITATION_SPENT, ALREADY_MEMBER})
    public AcceptanceReceipt accept(@Valid AcceptanceOrder order) {
        return onboarding.accept(call.actor(), order);
    }
}
