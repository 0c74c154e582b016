package io.thespace.directive.management;

import io.thespace.directive.DirectiveChange;
import io.thespace.directive.DirectiveError;
import io.thespace.directive.DirectiveOrder;
import io.thespace.directive.DirectiveScope;
import io.thespace.directive.DirectiveStatus;
import io.thespace.directive.DirectiveVersionView;
import io.thespace.directive.DirectiveView;
import io.thespace.directive.Directives;
import io.thespace.directive.ResolvedDirectiveView;
import io.thespace.directive.RevocationRequest;
import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/directives}. */
@ApplicationScoped
class DirectivesResource implements ManagementResource {

    private static final String PATH = "/v1/directives/{directive_id}";
    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50");
    private static final UUID USER = UUID.fromString("0192bda5-0000-7000-8000-000000000002");
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final String NAME = "refunds";
    private static final String CONTENT = "Never promise a refund above 50 EUR; hand the customer to a person instead.";

    private static final DirectiveView DIRECTIVE =
            new DirectiveView(ID, null, "active", NAME, CONTENT, 200, 2, 2, USER, CREATED, CREATED);
    private static final DirectiveView DRAFT =
            new DirectiveView(ID, null, "draft", NAME, CONTENT, 200, 1, null, USER, CREATED, CREATED);
    private static final DirectiveView REVOKED =
            new DirectiveView(ID, null, "revoked", NAME, CONTENT, 200, 2, null, USER, CREATED, CREATED);
    private static final DirectiveVersionView VERSION = new DirectiveVersionView(
            ID, 2, "active", NAME, CONTENT, 200, USER, CREATED, USER, CREATED, null, null, null);

    @Inject
    Directives directives;

    @Override
    public String group() {
        return "Directives";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/directives")
                        .summary("List directives")
                        .description("The organization's directives with their latest versions, the newest first.")
                        .query("scope", DirectiveScope.class, "Only those for the organization, or for single agents.")
                        .query("agent_id", UUID.class, "Only those for this agent.")
                        .query("status", DirectiveStatus.class, "Only those with this status.")
                        .permission(Permission.DIRECTIVE_READ)
                        .answersPage(DirectiveView.class, DIRECTIVE)
                        .handler(call -> directives.list(
                                call.actor(),
                                call.query("scope", DirectiveScope.class).orElse(null),
                                call.query("agent_id", UUID.class).orElse(null),
                                call.query("status", DirectiveStatus.class).orElse(null),
                                call.page())),
                Endpoint.post("/v1/directives")
                        .body(DirectiveOrder.class, new DirectiveOrder(null, NAME, CONTENT, 200))
                        .summary("Add a directive")
                        .description("As a draft, for one agent or, without `agent_id`, for every agent of the"
                                + " organization; it counts once it is promoted. Of two directives the one with the"
                                + " higher `priority` (0 to 1000, 100 when left out) goes first.")
                        .permission(Permission.DIRECTIVE_WRITE)
                        .idempotent()
                        .creates(DirectiveView.class, DRAFT)
                        .refuses(DirectiveError.DIRECTIVE_AGENT_UNKNOWN)
                        .handler(call -> directives.create(call.actor(), call.body())),
                Endpoint.get(PATH)
                        .summary("Get a directive")
                        .description("One of the organization's directives, with its latest version.")
                        .path("directive_id", UUID.class, "The directive.")
                        .permission(Permission.DIRECTIVE_READ)
                        .answers(DirectiveView.class, DIRECTIVE)
                        .refuses(DirectiveError.DIRECTIVE_NOT_FOUND)
                        .handler(call -> directives.find(call.actor(), call.path("directive_id", UUID.class))),
                Endpoint.patch(PATH)
                        .body(DirectiveChange.class, new DirectiveChange(null, "Never promise a refund.", null))
                        .summary("Draft a new version")
                        .description("Members that are left out, or null, are as in the latest version, which itself"
                                + " never changes. What is in force stays in force until the new version is promoted.")
                        .path("directive_id", UUID.class, "The directive.")
                        .permission(Permission.DIRECTIVE_WRITE)
                        .answers(DirectiveView.class, DIRECTIVE)
                        .refuses(DirectiveError.DIRECTIVE_NOT_FOUND, DirectiveError.NOTHING_TO_CHANGE)
                        .handler(call ->
                                directives.change(call.actor(), call.path("directive_id", UUID.class), call.body())),
                Endpoint.delete(PATH)
                        .summary("Delete a directive")
                        .description("With all its versions. What is in force is to be revoked first.")
                        .path("directive_id", UUID.class, "The directive.")
                        .permission(Permission.DIRECTIVE_WRITE)
                        .refuses(DirectiveError.DIRECTIVE_NOT_FOUND, DirectiveError.IN_FORCE)
                        .handler(call -> {
                            directives.delete(call.actor(), call.path("directive_id", UUID.class));
                            return null;
                        }),
                Endpoint.get(PATH + "/versions")
                        .summary("List a directive's versions")
                        .description("The latest first, each as it was drafted.")
                        .path("directive_id", UUID.class, "The directive.")
                        .permission(Permission.DIRECTIVE_READ)
                        .answersPage(DirectiveVersionView.class, VERSION)
                        .refuses(DirectiveError.DIRECTIVE_NOT_FOUND)
                        .handler(call ->
                                directives.versions(call.actor(), call.path("directive_id", UUID.class), call.page())),
                Endpoint.post(PATH + "/promote")
                        .summary("Promote a draft")
                        .description("The version is in force from now on, and the one that was is superseded. Name the"
                                + " `version` that was read, so that a later draft is not promoted unseen.")
                        .path("directive_id", UUID.class, "The directive.")
                        .query("version", Integer.class, "Which version; the latest when left out.")
                        .permission(Permission.DIRECTIVE_PROMOTE)
                        .idempotent()
                        .answers(DirectiveView.class, DIRECTIVE)
                        .refuses(
                                DirectiveError.DIRECTIVE_NOT_FOUND,
                                DirectiveError.VERSION_UNKNOWN,
                                DirectiveError.VERSION_NOT_DRAFT,
                                DirectiveError.TOO_MANY_IN_FORCE)
                        .handler(call -> directives.promote(
                                call.actor(),
                                call.path("directive_id", UUID.class),
                                call.query("version", Integer.class).orElse(null))),
                Endpoint.post(PATH + "/revoke")
                        .body(RevocationRequest.class, new RevocationRequest("The refund policy has changed."))
                        .summary("Revoke a directive")
                        .description("What is in force of it no longer is, for the reason that is given. A new version"
                                + " can be drafted and promoted later.")
                        .path("directive_id", UUID.class, "The directive.")
                        .permission(Permission.DIRECTIVE_REVOKE)
                        .idempotent()
                        .answers(DirectiveView.class, REVOKED)
                        .refuses(DirectiveError.DIRECTIVE_NOT_FOUND, DirectiveError.NOT_IN_FORCE)
                        .handler(call ->
                                directives.revoke(call.actor(), call.path("directive_id", UUID.class), call.body())),
                Endpoint.get("/v1/agents/{agent_id}/directives/resolved")
                        .summary("Get what an agent has to keep to")
                        .description("All that is in force now for the agent or for the whole organization. What has a"
                                + " higher priority goes first; of equal ones the agent's own, then what was made"
                                + " first.")
                        .path("agent_id", UUID.class, "The agent.")
                        .permission(Permission.DIRECTIVE_READ)
                        .answersList(
                                ResolvedDirectiveView.class,
                                new ResolvedDirectiveView(ID, 2, "organization", NAME, CONTENT, 200, CREATED))
                        .refuses(DirectiveError.DIRECTIVE_AGENT_NOT_FOUND)
                        .handler(call -> directives.resolved(call.actor(), call.path("agent_id", UUID.class))));
    }
}
