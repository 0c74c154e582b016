package io.thespace.identity.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.identity.IdentityError;
import io.thespace.identity.OrganizationChange;
import io.thespace.identity.OrganizationView;
import io.thespace.identity.Organizations;
import io.thespace.identity.RateLimits;
import io.thespace.identity.RateLimitsChange;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** {@code /management/v1/organizations}. */
@ApplicationScoped
class OrganizationsResource implements ManagementResource {

    private static final String PATH = "/v1/organizations/{organization_id}";

    private static final OrganizationView ORGANIZATION = new OrganizationView(
            UUID.fromString("0192bda5-0000-7000-8000-000000000001"),
            "Acme",
            "active",
            Instant.parse("2026-01-31T12:00:00Z"));

    private static final RateLimits LIMITS = new RateLimits(600, 100_000L, null);

    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    private static final RateLimitsChange LIMITS_CHANGE =
            new RateLimitsChange(Optional.of(600), null, Optional.empty());

    @Inject
    Organizations organizations;

    @Override
    public String group() {
        return "Organizations";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get(PATH)
                        .summary("Get the organization")
                        .description("The caller's own.")
                        .path("organization_id", UUID.class, "The organization.")
                        .permission(Permission.ORGANIZATION_READ)
                        .answers(OrganizationView.class, ORGANIZATION)
                        .refuses(IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> organizations.find(call.actor(), call.path("organization_id", UUID.class))),
                Endpoint.patch(PATH)
                        .body(OrganizationChange.class, new OrganizationChange(Optional.of("Acme Corporation")))
                        .summary("Rename the organization")
                        .description("The caller's own.")
                        .path("organization_id", UUID.class, "The organization.")
                        .permission(Permission.ORGANIZATION_SETTINGS)
                        .answers(OrganizationView.class, ORGANIZATION)
                        .refuses(IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> organizations.change(
                                call.actor(), call.path("organization_id", UUID.class), call.body())),
                Endpoint.delete(PATH)
                        .summary("Delete the organization")
                        .description("The caller's own: nobody who belongs to it is let in any more, on any node within"
                                + " a second. Its data stay until they are erased.")
                        .path("organization_id", UUID.class, "The organization.")
                        .permission(Permission.ORGANIZATION_DELETE)
                        .refuses(IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> {
                            organizations.delete(call.actor(), call.path("organization_id", UUID.class));
                            return null;
                        }),
                state(
                        "suspend",
                        "Suspend an organization",
                        "Any but the caller's own; for platform administrators. Nobody who belongs to it is let in, on"
                                + " any node within a second, until it is reactivated.",
                        organizations::suspend),
                state(
                        "reactivate",
                        "Reactivate an organization",
                        "Any; for platform administrators. It does no harm to one that is active.",
                        organizations::reactivate),
                Endpoint.get(PATH + "/rate-limits")
                        .summary("Get the organization's limits")
                        .description(
                                "How many calls all callers of the organization may make together, on every API and"
                                        + " WebSocket, and how many tokens language models may read and write for them. What"
                                        + " is null has no limit of its own. This call counts against none.")
                        .path("organization_id", UUID.class, "The organization.")
                        .limit(LimitClass.NONE)
                        .permission(Permission.ORGANIZATION_READ)
                        .answers(RateLimits.class, LIMITS)
                        .refuses(IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> organizations.limits(call.actor(), call.path("organization_id", UUID.class))),
                Endpoint.patch(PATH + "/rate-limits")
                        .body(RateLimitsChange.class, LIMITS_CHANGE)
                        .summary("Change the organization's limits")
                        .description(
                                "A JSON merge patch (RFC 7396): what is left out stays; what is null has no limit of its"
                                        + " own any more. It holds on every node within a second. This call counts against no"
                                        + " limit, so that one that is used up can be raised.")
                        .path("organization_id", UUID.class, "The organization.")
                        .limit(LimitClass.NONE)
                        .permission(Permission.ORGANIZATION_SETTINGS)
                        .answers(RateLimits.class, LIMITS)
                        .refuses(IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> organizations.changeLimits(
                                call.actor(), call.path("organization_id", UUID.class), call.body())));
    }

    private static Endpoint<Void> state(
            String verb, String summary, String description, BiFunction<Actor, UUID, OrganizationView> handler) {
        return Endpoint.post(PATH + "/" + verb)
                .summary(summary)
                .description(description)
                .path("organization_id", UUID.class, "The organization.")
                .permission(Permission.ORGANIZATION_SUSPEND)
                .answers(OrganizationView.class, ORGANIZATION)
                .refuses(IdentityError.ORGANIZATION_NOT_FOUND, IdentityError.ORGANIZATION_OWN)
                .idempotent()
                .handler(call -> handler.apply(call.actor(), call.path("organization_id", UUID.class)));
    }
}
