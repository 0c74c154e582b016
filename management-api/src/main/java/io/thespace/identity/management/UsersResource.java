package io.thespace.identity.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.identity.IdentityError;
import io.thespace.identity.MemberChange;
import io.thespace.identity.MemberOrder;
import io.thespace.identity.MemberView;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.Memberships;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/users}. */
@ApplicationScoped
class UsersResource implements ManagementResource {

    private static final MemberView USER = new MemberView(
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            "ada@example.org",
            "Ada",
            "member",
            "active",
            Instant.parse("2026-01-31T12:00:00Z"));

    @Inject
    Memberships memberships;

    @Override
    public String group() {
        return "Users";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/users")
                        .summary("List users")
                        .description("Everybody who belongs to the organization; those who came to the platform last"
                                + " first.")
                        .permission(Permission.USER_READ)
                        .answersPage(MemberView.class, USER)
                        .handler(call -> memberships.list(call.actor(), call.page())),
                Endpoint.post("/v1/users")
                        .body(
                                MemberOrder.class,
                                new MemberOrder(
                                        "ada@example.org", "Ada", MembershipRole.MEMBER, "correct horse battery"))
                        .summary("Add a user")
                        .description("To the organization, with a role that may do no more than the caller. Somebody"
                                + " whom the platform knows by this address keeps their name and password; anybody else"
                                + " is new, and signs in with `password`, if it is given.")
                        .permission(Permission.USER_MANAGE)
                        .idempotent()
                        .creates(MemberView.class, USER)
                        .refuses(
                                IdentityError.TOO_BUSY,
                                IdentityError.PASSWORD_TOO_SHORT,
                                IdentityError.ROLE_EXCEEDED,
                                IdentityError.USER_EXISTS)
                        .handler(call -> memberships.add(call.actor(), call.body())),
                Endpoint.get("/v1/users/{user_id}")
                        .summary("Get a user")
                        .description("One who belongs to the organization.")
                        .path("user_id", UUID.class, "The user.")
                        .permission(Permission.USER_READ)
                        .answers(MemberView.class, USER)
                        .refuses(IdentityError.USER_NOT_FOUND)
                        .handler(call -> memberships.member(call.actor(), call.path("user_id", UUID.class))),
                Endpoint.patch("/v1/users/{user_id}")
                        .body(MemberChange.class, new MemberChange(MembershipRole.VIEWER, MemberChange.Status.ACTIVE))
                        .summary("Change a user")
                        .description("Their role in the organization, and whether they may act for it; members that"
                                + " are left out, or null, stay as they are. It counts on every node within a second."
                                + " An active owner is always left.")
                        .path("user_id", UUID.class, "The user.")
                        .permission(Permission.USER_MANAGE)
                        .answers(MemberView.class, USER)
                        .refuses(IdentityError.USER_NOT_FOUND, IdentityError.ROLE_EXCEEDED, IdentityError.LAST_OWNER)
                        .handler(call ->
                                memberships.change(call.actor(), call.path("user_id", UUID.class), call.body())),
                Endpoint.delete("/v1/users/{user_id}")
                        .summary("Remove a user")
                        .description("From the organization, with their sign-ins and tokens there. What they did stays;"
                                + " a data request erases it.")
                        .path("user_id", UUID.class, "The user.")
                        .permission(Permission.USER_MANAGE)
                        .refuses(IdentityError.USER_NOT_FOUND, IdentityError.ROLE_EXCEEDED, IdentityError.LAST_OWNER)
                        .handler(call -> {
                            memberships.remove(call.actor(), call.path("user_id", UUID.class));
                            return null;
                        }));
    }
}
