package io.thespace.identity.management;

import static io.thespace.identity.IdentityError.ORGANIZATION_NOT_FOUND;
import static io.thespace.identity.IdentityError.ORGANIZATION_OWN;
import static io.thespace.identity.IdentityError.ROLE_EXCEEDED;
import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.plugin.api.Permission.ORGANIZATION_CREATE;
import static io.thespace.plugin.api.Permission.ORGANIZATION_DELETE;
import static io.thespace.plugin.api.Permission.ORGANIZATION_READ;
import static io.thespace.plugin.api.Permission.ORGANIZATION_SETTINGS;
import static io.thespace.plugin.api.Permission.ORGANIZATION_SUSPEND;

import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.identity.IdentityError;
import io.thespace.identity.OrganizationChange;
import io.thespace.identity.OrganizationView;
import io.thespace.identity.Organizations;
import io.thespace.identity.RateLimits;
import io.thespace.identity.RateLimitsChange;
import io.thespace.invitation.NewOrganizationView;
import io.thespace.invitation.Onboarding;
import io.thespace.invitation.OrganizationOrder;
import io.thespace.plugin.api.LimitClass;
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

/** {@code /management/v1/organizations}. */
@ApplicationScoped
@Governed
@Path("v1/organizations")
@Tag(name = "Organizations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrganizationsResource {

    private Organizations organizations;
    private Onboarding onboarding;
    private CurrentCall call;

    public OrganizationsResource() {}

    @Inject
    OrganizationsResource(Organizations organizations, Onboarding onboarding, CurrentCall call) {
        this.organizations = organizations;
        this.onboarding = onboarding;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List organizations",
            description = "All organizations of the platform, the newest first, including suspended and deleted"
                    + " ones; for platform administrators.")
    @Requires(ORGANIZATION_CREATE)
    public Page<OrganizationView> list() {
        return organizations.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Create an organization",
            description = "For platform administrators. The first owner is invited: send `code` and `pin`, which is"
                    + " returned only once, to `owner_email`; the owner accepts with `POST"
                    + " /api/frontend/membership/accept-invitation`. The call takes no `Idempotency-Key`, since"
                    + " a stored response would contain the PIN.")
    @APIResponse(responseCode = "201")
    @Requires(ORGANIZATION_CREATE)
    @OwnTransactions
    @IdentityError.Refuses(TOO_BUSY)
    public NewOrganizationView create(@Valid OrganizationOrder order) {
        return onboarding.found(call.actor(), order);
    }

    @GET
    @Path("{organization_id}")
    @Operation(summary = "Get the organization", description = "The caller's own.")
    @Requires(ORGANIZATION_READ)
    @IdentityError.Refuses(ORGANIZATION_NOT_FOUND)
    public OrganizationView find(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId) {
        return organizations.find(call.actor(), organizationId);
    }

    @PATCH
    @Path("{organization_id}")
    @Operation(summary = "Rename the organization", description = "The caller's own.")
    @Requires(ORGANIZATION_SETTINGS)
    @IdentityError.Refuses(ORGANIZATION_NOT_FOUND)
    public OrganizationView change(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId,
            @Valid OrganizationChange change) {
        return organizations.change(call.actor(), organizationId, change);
    }

    @DELETE
    @Path("{organization_id}")
    @Operation(
            summary = "Delete the organization",
            description =
                    "The caller's own: its users are locked out on every node within a second. Its"
                            + " data stay until they are erased. One that platform administrators belong to is deleted by one of them.")
    @Requires(ORGANIZATION_DELETE)
    @IdentityError.Refuses({ORGANIZATION_NOT_FOUND, ROLE_EXCEEDED})
    public void delete(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId) {
        organizations.delete(call.actor(), organizationId);
    }

    @POST
    @Path("{organization_id}/suspend")
    @Operation(
            summary = "Suspend an organization",
            description = "Any but the caller's own; for platform administrators. Its users are locked out on every"
                    + " node within a second, until it is reactivated.")
    @Requires(ORGANIZATION_SUSPEND)
    @Idempotent
    @IdentityError.Refuses({ORGANIZATION_NOT_FOUND, ORGANIZATION_OWN})
    public OrganizationView suspend(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId) {
        return organizations.suspend(call.actor(), organizationId);
    }

    @POST
    @Path("{organization_id}/reactivate")
    @Operation(
            summary = "Reactivate an organization",
            description = "For platform administrators. Has no effect on an active organization.")
    @Requires(ORGANIZATION_SUSPEND)
    @Idempotent
    @IdentityError.Refuses({ORGANIZATION_NOT_FOUND, ORGANIZATION_OWN})
    public OrganizationView reactivate(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId) {
        return organizations.reactivate(call.actor(), organizationId);
    }

    @GET
    @Path("{organization_id}/rate-limits")
    @Operation(
            summary = "Get the organization's limits",
            description =
                    "How many calls all callers of the organization may make together, on every API and WebSocket,"
                            + " and how many tokens language models may read and write for them. What is null has no limit of its"
                            + " own. This call counts against none.")
    @Requires(ORGANIZATION_READ)
    @Counts(LimitClass.NONE)
    @IdentityError.Refuses(ORGANIZATION_NOT_FOUND)
    public RateLimits limits(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId) {
        return organizations.limits(call.actor(), organizationId);
    }

    @PATCH
    @Path("{organization_id}/rate-limits")
    @Operation(
            summary = "Change the organization's limits",
            description =
                    "A JSON merge patch (RFC 7396): what is left out stays; what is null has no limit of its own any"
                            + " more. It holds on every node within a second. This call counts against no limit, so that one that"
                            + " is used up can be raised.")
    @Requires(ORGANIZATION_SETTINGS)
    @Counts(LimitClass.NONE)
    @IdentityError.Refuses(ORGANIZATION_NOT_FOUND)
    public RateLimits changeLimits(
            @PathParam("organization_id") @Parameter(description = "The organization.") UUID organizationId,
            @Valid RateLimitsChange change) {
        return organizations.changeLimits(call.actor(), organizationId, change);
    }
}
