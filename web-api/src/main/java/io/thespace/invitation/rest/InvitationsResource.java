package io.thespace.invitation.rest;

import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.invitation.InvitationError.INVITATION_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.InvitationError;
import io.thespace.invitation.InvitationOrder;
import io.thespace.invitation.InvitationPictures;
import io.thespace.invitation.InvitationView;
import io.thespace.invitation.Invitations;
import io.thespace.invitation.NewInvitationView;
import io.thespace.invitation.Onboarding;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/invitations}: invitations, for administrators. */
@ApplicationScoped
@Governed
@Path("control-center/invitations")
@Tag(name = "Invitations")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitationsResource {

    private static final String ID = "The invitation's id.";
    private static final String EXAMPLE_ID = "019a0000-0000-7000-8000-000000000070";

    private Onboarding onboarding;
    private Invitations invitations;
    private InvitationPictures pictures;
    private CurrentCall call;

    public InvitationsResource() {}

    @Inject
    InvitationsResource(Onboarding onboarding, Invitations invitations, InvitationPictures pictures, CurrentCall call) {
        this.onboarding = onboarding;
        this.invitations = invitations;
        this.pictures = pictures;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the invitations",
            description = "The invitations into the administrator's organization, the newest first, without PINs."
                    + " They are kept for 90 days after they expire.")
    public Page<InvitationView> list() {
        return invitations.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Create an invitation",
            description = "Creates a code that may be shared, also as a QR code, and a PIN of eight digits that is"
                    + " returned only once and must be sent by another way. Users with both get `role` in the"
                    + " administrator's organization, up to `most_uses` users (default 1), for `valid_hours`"
                    + " (default 168, a week). The call takes no `Idempotency-Key`, since a stored response"
                    + " would contain the PIN.")
    @APIResponse(responseCode = "201")
    @OwnTransactions
    @IdentityError.Refuses(TOO_BUSY)
    public NewInvitationView invite(@Valid InvitationOrder order) {
        return onboarding.invite(call.actor(), order);
    }

    @GET
    @Path("{invitation_id}")
    @Operation(
            summary = "Read an invitation",
            description = "One invitation: how often it was used, and whether it is open.")
    @InvitationError.Refuses(INVITATION_NOT_FOUND)
    public InvitationView find(
            @PathParam("invitation_id") @Parameter(description = ID, example = EXAMPLE_ID) UUID invitationId) {
        return invitations.find(call.actor(), invitationId);
    }

    @DELETE
    @Path("{invitation_id}")
    @Operation(
            summary = "Revoke an invitation",
            description =
                    "The invitation can no longer be accepted; users who accepted it stay. It is still" + " listed.")
    @InvitationError.Refuses(INVITATION_NOT_FOUND)
    public void revoke(
            @PathParam("invitation_id") @Parameter(description = ID, example = EXAMPLE_ID) UUID invitationId) {
        invitations.revoke(call.actor(), invitationId);
    }

    @GET
    @Path("{invitation_id}/qr.svg")
    @Produces("image/svg+xml")
    @Operation(
            summary = "An invitation's QR code as SVG",
            description = "The code without the PIN, in the form that `SPACE_INVITATION_LINK` gives it.")
    @InvitationError.Refuses(INVITATION_NOT_FOUND)
    public Content svg(
            @PathParam("invitation_id") @Parameter(description = ID, example = EXAMPLE_ID) UUID invitationId) {
        return pictures.svg(call.actor(), invitationId);
    }

    @GET
    @Path("{invitation_id}/qr.png")
    @Produces("image/png")
    @Operation(
            summary = "An invitation's QR code as PNG",
            description = "The same as a picture, eight pixels a module.")
    @InvitationError.Refuses(INVITATION_NOT_FOUND)
    public Content png(
            @PathParam("invitation_id") @Parameter(description = ID, example = EXAMPLE_ID) UUID invitationId) {
        return pictures.png(call.actor(), invitationId);
    }
}
