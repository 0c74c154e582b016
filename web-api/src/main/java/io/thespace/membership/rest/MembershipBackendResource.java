package io.thespace.membership.rest;

import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.identity.IdentityError.TOO_MANY_ATTEMPTS;
import static io.thespace.membership.MembershipError.CREDENTIAL_REFUSED;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.Onboarding;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.membership.MembershipCredential;
import io.thespace.membership.MembershipError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/membership}: the membership backend that this node is, for itself and for other platforms. */
@ApplicationScoped
@Governed
@Path("membership")
@Tag(name = "Membership")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MembershipBackendResource {

    private MembershipCredential credential;
    private Onboarding onboarding;
    private CurrentCall call;

    public MembershipBackendResource() {}

    @Inject
    MembershipBackendResource(MembershipCredential credential, Onboarding onboarding, CurrentCall call) {
        this.credential = credential;
        this.onboarding = onboarding;
        this.call = call;
    }

    @POST
    @Path("validate-invitation")
    @Operation(
            summary = "Validate an invitation for another program",
            description = "The membership backend that this node is, for itself and for other platforms: as"
                    + " `/api/frontend/membership/validate-invitation`, with the backend's token instead of a"
                    + " limit for the address, which is the asking program's matter.")
    @Open
    @OwnTransactions
    @MembershipError.Refuses(CREDENTIAL_REFUSED)
    @IdentityError.Refuses({TOO_MANY_ATTEMPTS, TOO_BUSY})
    public ValidationView validate(
            @HeaderParam(HttpHeaders.AUTHORIZATION)
                    @Parameter(description = "`Bearer` and the token of `SPACE_MEMBERSHIP_TOKEN`.")
                    String authorization,
            @Valid ValidationRequest request) {
        credential.check(authorization);
        return onboarding.validate(call.actor(), request);
    }
}
