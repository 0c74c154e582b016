package io.thespace.directive.management;

import static io.thespace.directive.DirectiveError.DIRECTIVE_AGENT_UNKNOWN;
import static io.thespace.directive.DirectiveError.DIRECTIVE_NOT_FOUND;
import static io.thespace.directive.DirectiveError.IN_FORCE;
import static io.thespace.directive.DirectiveError.NOTHING_TO_CHANGE;
import static io.thespace.directive.DirectiveError.NOT_IN_FORCE;
import static io.thespace.directive.DirectiveError.TOO_MANY_IN_FORCE;
import static io.thespace.directive.DirectiveError.VERSION_NOT_DRAFT;
import static io.thespace.directive.DirectiveError.VERSION_UNKNOWN;
import static io.thespace.plugin.api.Permission.DIRECTIVE_PROMOTE;
import static io.thespace.plugin.api.Permission.DIRECTIVE_READ;
import static io.thespace.plugin.api.Permission.DIRECTIVE_REVOKE;
import static io.thespace.plugin.api.Permission.DIRECTIVE_WRITE;

import io.thespace.directive.DirectiveChange;
import io.thespace.directive.DirectiveError;
import io.thespace.directive.DirectiveOrder;
import io.thespace.directive.DirectiveScope;
import io.thespace.directive.DirectiveStatus;
import io.thespace.directive.DirectiveVersionView;
import io.thespace.directive.DirectiveView;
import io.thespace.directive.Directives;
import io.thespace.directive.RevocationRequest;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/directives}. */
@ApplicationScoped
@Governed
@Path("v1/directives")
@Tag(name = "Directives")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DirectivesResource {

    private static final String DRAFT =
            """
            {
              "id": "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50",
              "status": "draft",
              "name": "refunds",
              "content": "Never promise a refund above 50 EUR; hand the customer to a person instead.",
              "priority": 200,
              "latest_version": 1,
              "created_by": "0192bda5-0000-7000-8000-000000000002",
              "created_at": "2026-01-31T12:00:00Z",
              "changed_at": "2026-01-31T12:00:00Z"
            }
            """;

    private static final String REVOKED =
            """
            {
              "id": "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50",
              "status": "revoked",
              "name": "refunds",
              "content": "Never promise a refund above 50 EUR; hand the customer to a person instead.",
              "priority": 200,
              "latest_version": 2,
              "created_by": "0192bda5-0000-7000-8000-000000000002",
              "created_at": "2026-01-31T12:00:00Z",
              "changed_at": "2026-01-31T12:00:00Z"
            }
            """;

    private Directives directives;
    private CurrentCall call;

    public DirectivesResource() {}

    @Inject
    DirectivesResource(Directives directives, CurrentCall call) {
        this.directives = directives;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List directives",
            description = "The organization's directives with their latest versions, the newest first.")
    @Requires(DIRECTIVE_READ)
    @Tool("directive_list")
    public Page<DirectiveView> list(
            @QueryParam("scope") @Parameter(description = "Only those for the organization, or for single agents.")
                    DirectiveScope scope,
            @QueryParam("agent_id") @Parameter(description = "Only those for this agent.") UUID agentId,
            @QueryParam("status") @Parameter(description = "Only those with this status.") DirectiveStatus status) {
        return directives.list(call.actor(), scope, agentId, status, call.page());
    }

    @POST
    @Operation(
            summary = "Add a directive",
            description =
                    "As a draft, for one agent or, without `agent_id`, for every agent of the organization; it counts"
                            + " once it is promoted. Of two directives the one with the higher `priority` (0 to 1000, 100 when left"
                            + " out) goes first.")
    @APIResponse(responseCode = "201", content = @Content(example = DRAFT))
    @Requires(DIRECTIVE_WRITE)
    @Idempotent
    @DirectiveError.Refuses(DIRECTIVE_AGENT_UNKNOWN)
    public DirectiveView create(@Valid DirectiveOrder order) {
        return directives.create(call.actor(), order);
    }

    @GET
    @Path("{directive_id}")
    @Operation(
            summary = "Get a directive",
            description = "One of the organization's directives, with its latest version.")
    @Requires(DIRECTIVE_READ)
    @DirectiveError.Refuses(DIRECTIVE_NOT_FOUND)
    @Tool("directive_get")
    @ReadableResource
    public DirectiveView find(@PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId) {
        return directives.find(call.actor(), directiveId);
    }

    @PATCH
    @Path("{directive_id}")
    @Operation(
            summary = "Draft a new version",
            description =
                    "Members that are left out, or null, are as in the latest version, which itself never changes."
                            + " What is in force stays in force until the new version is promoted.")
    @Requires(DIRECTIVE_WRITE)
    @DirectiveError.Refuses({DIRECTIVE_NOT_FOUND, NOTHING_TO_CHANGE})
    public DirectiveView change(
            @PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId,
            @Valid DirectiveChange change) {
        return directives.change(call.actor(), directiveId, change);
    }

    @DELETE
    @Path("{directive_id}")
    @Operation(
            summary = "Delete a directive",
            description = "Deletes the directive with all its versions. A directive in force must be revoked first.")
    @Requires(DIRECTIVE_WRITE)
    @DirectiveError.Refuses({DIRECTIVE_NOT_FOUND, IN_FORCE})
    public void delete(@PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId) {
        directives.delete(call.actor(), directiveId);
    }

    @GET
    @Path("{directive_id}/versions")
    @Operation(summary = "List a directive's versions", description = "The latest first, each as it was drafted.")
    @Requires(DIRECTIVE_READ)
    @DirectiveError.Refuses(DIRECTIVE_NOT_FOUND)
    public Page<DirectiveVersionView> versions(
            @PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId) {
        return directives.versions(call.actor(), directiveId, call.page());
    }

    @POST
    @Path("{directive_id}/promote")
    @Operation(
            summary = "Promote a draft",
            description =
                    "The version is in force from now on, and the one that was is superseded. Name the `version` that"
                            + " was read, so that a later draft is not promoted unseen.")
    @Requires(DIRECTIVE_PROMOTE)
    @Idempotent
    @DirectiveError.Refuses({DIRECTIVE_NOT_FOUND, VERSION_UNKNOWN, VERSION_NOT_DRAFT, TOO_MANY_IN_FORCE})
    public DirectiveView promote(
            @PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId,
            @QueryParam("version") @Parameter(description = "Which version; the latest when left out.")
                    Integer version) {
        return directives.promote(call.actor(), directiveId, version);
    }

    @POST
    @Path("{directive_id}/revoke")
    @Operation(
            summary = "Revoke a directive",
            description = "The version in force is revoked with the given reason. A new version can be drafted and"
                    + " promoted later.")
    @APIResponse(responseCode = "200", content = @Content(example = REVOKED))
    @Requires(DIRECTIVE_REVOKE)
    @Idempotent
    @DirectiveError.Refuses({DIRECTIVE_NOT_FOUND, NOT_IN_FORCE})
    public DirectiveView revoke(
            @PathParam("directive_id") @Parameter(description = "The directive.") UUID directiveId,
            @Valid RevocationRequest request) {
        return directives.revoke(call.actor(), directiveId, request);
    }
}
