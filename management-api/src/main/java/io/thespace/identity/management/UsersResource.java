package io.thespace.identity.management;

import static io.thespace.identity.IdentityError.LAST_OWNER;
import static io.thespace.identity.IdentityError.ROLE_EXCEEDED;
import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.identity.IdentityError.USER_EXISTS;
import static io.thespace.identity.IdentityError.USER_NOT_FOUND;
import static io.thespace.plugin.api.Permission.USER_MANAGE;
import static io.thespace.plugin.api.Permission.USER_READ;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.identity.IdentityError;
import io.thespace.identity.MemberChange;
import io.thespace.identity.MemberOrder;
import io.thespace.identity.MemberView;
import io.thespace.identity.Memberships;
import io.thespace.invitation.NewInvitationView;
import io.thespace.invitation.Onboarding;
import io.thespace.plugin.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** {@code /management/v1/users}. */
@ApplicationScoped
@Governed
@Path("v1/users")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

    private Memberships memberships;
    private Onboarding onboarding;
    private CurrentCall call;

    public UsersResource() {}

    @Inject
    UsersResource(Memberships memberships, Onboarding onboarding, CurrentCall call) {
        this.memberships = memberships;
        this.onboarding = onboarding;
        this.call = call;
    }

    @GET
    @Operation(summary = "List users", description = "The users of the organization, the most recently created first.")
    @Requires(USER_READ)
    public Page<MemberView> list() {
        return memberships.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Invite a user",
            description = "Invites a user to the organization, with a role that has no more permissions than the"
                    + " caller. The response is an invitation for this email address only: send its code and its"
                    + " PIN, returned only once, to the user, who accepts with `POST"
                    + " /api/frontend/membership/accept-invitation`. No user is added without accepting, and the"
                    + " response does not reveal whether the address has an account. The call takes no"
                    + " `Idempotency-Key`, since a stored response would contain the PIN.")
    @APIResponse(responseCode = "201")
    @Requires(USER_MANAGE)
    @OwnTransactions
    @IdentityError.Refuses({TOO_BUSY, ROLE_EXCEEDED, USER_EXISTS})
    public NewInvitationView invite(@Valid MemberOrder order) {
        return onboarding.invite(call.actor(), order);
    }

    @GET
    @Path("{user_id}")
    @Operation(summary = "Get a user", description = "One user of the organization.")
    @Requires(USER_READ)
    @IdentityError.Refuses(USER_NOT_FOUND)
    public MemberView find(@PathParam("user_id") @Parameter(description = "The user.") UUID userId) {
        return memberships.member(call.actor(), userId);
    }

    @PATCH
    @Path("{user_id}")
    @Operation(
            summary = "Change a user",
            description =
                    "Their role in the organization, and whether they may act for it; members that are left out, or"
                            + " null, stay as they are. An external issuer's user who was removed is let in again with the status `active`."
                            + " Platform administrators are changed by platform administrators only. It counts on every node within a second. An active owner is always left.")
    @Requires(USER_MANAGE)
    @IdentityError.Refuses({USER_NOT_FOUND, ROLE_EXCEEDED, LAST_OWNER})
    public MemberView change(
            @PathParam("user_id") @Parameter(description = "The user.") UUID userId, @Valid MemberChange change) {
        return memberships.change(call.actor(), userId, change);
    }

    @DELETE
    @Path("{user_id}")
    @Operation(
            summary = "Remove a user",
            description = "From the organization, with their sign-ins and tokens there. What they did stays; a data"
                    + " request erases it.")
    @Requires(USER_MANAGE)
    @IdentityError.Refuses({USER_NOT_FOUND, ROLE_EXCEEDED, LAST_OWNER})
    public void remove(@PathParam("user_id") @Parameter(description = "The user.") UUID userId) {
        memberships.remove(call.actor(), userId);
    }
}
