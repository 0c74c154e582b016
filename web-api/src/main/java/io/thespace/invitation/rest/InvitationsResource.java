package io.thespace.invitation.rest;

import io.thespace.endpoint.Resource;
import io.thespace.identity.IdentityError;
import io.thespace.identity.MembershipRole;
import io.thespace.invitation.InvitationError;
import io.thespace.invitation.InvitationOrder;
import io.thespace.invitation.InvitationPictures;
import io.thespace.invitation.InvitationView;
import io.thespace.invitation.Invitations;
import io.thespace.invitation.NewInvitationView;
import io.thespace.invitation.Onboarding;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Invitations, for administrators. */
@ApplicationScoped
class InvitationsResource implements Resource {

    private static final String ROOT = "/control-center/invitations";
    private static final String ONE = ROOT + "/{invitation_id}";
    private static final String ID = "invitation_id";
    private static final String ID_WORDS = "The invitation's id.";

    private static final UUID EXAMPLE = UUID.fromString("019a0000-0000-7000-8000-000000000070");
    private static final InvitationView VIEW = new InvitationView(
            EXAMPLE,
            "New colleagues",
            "7Q2M4-XK0VD-9FJ3H-B6T8R",
            "member",
            "open",
            5,
            1,
            Instant.parse("2026-02-07T12:00:00Z"),
            UUID.fromString("019a0000-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            null);

    private Onboarding onboarding;
    private Invitations invitations;
    private InvitationPictures pictures;

    InvitationsResource() {}

    @Inject
    InvitationsResource(Onboarding onboarding, Invitations invitations, InvitationPictures pictures) {
        this.onboarding = onboarding;
        this.invitations = invitations;
        this.pictures = pictures;
    }

    @Override
    public String group() {
        return "Invitations";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get(ROOT)
                        .summary("List the invitations")
                        .description(
                                "The invitations into the administrator's organization, the newest first, without PINs."
                                        + " They are kept for 90 days after they expire.")
                        .role(Role.ADMIN)
                        .answersPage(InvitationView.class, VIEW)
                        .handler(call -> invitations.list(call.actor(), call.page())),
                Endpoint.post(ROOT)
                        .body(
                                InvitationOrder.class,
                                new InvitationOrder("New colleagues", MembershipRole.MEMBER, 5, 168))
                        .summary("Invite people")
                        .description(
                                "Makes an invitation: a code that may be shown around, also as a QR code, and a PIN of"
                                        + " eight digits that is told this once and goes another way. Whoever brings both gets"
                                        + " `role` in the administrator's organization, up to `most_uses` people (one when left"
                                        + " out), for `valid_hours` (168, a week, when left out). It takes no `Idempotency-Key`,"
                                        + " since a stored answer would be the PIN in clear.")
                        .role(Role.ADMIN)
                        .creates(NewInvitationView.class, new NewInvitationView(VIEW, "40718625"))
                        .refuses(IdentityError.TOO_BUSY)
                        .ownTransactions()
                        .handler(call -> onboarding.invite(call.actor(), call.body())),
                Endpoint.get(ONE)
                        .summary("Read an invitation")
                        .description("One invitation: how often it was used, and whether it is open.")
                        .path(ID, UUID.class, ID_WORDS, EXAMPLE)
                        .role(Role.ADMIN)
                        .answers(InvitationView.class, VIEW)
                        .refuses(InvitationError.INVITATION_NOT_FOUND)
                        .handler(call -> invitations.find(call.actor(), id(call))),
                Endpoint.delete(ONE)
                        .summary("Revoke an invitation")
                        .description("Nobody comes by it any more; whoever has come stays. It is still listed.")
                        .path(ID, UUID.class, ID_WORDS, EXAMPLE)
                        .role(Role.ADMIN)
                        .refuses(InvitationError.INVITATION_NOT_FOUND)
                        .handler(call -> {
                            invitations.revoke(call.actor(), id(call));
                            return null;
                        }),
                Endpoint.get(ONE + "/qr.svg")
                        .summary("An invitation's QR code as SVG")
                        .description("The code without the PIN, in the form that `SPACE_INVITATION_LINK` gives it.")
                        .path(ID, UUID.class, ID_WORDS, EXAMPLE)
                        .role(Role.ADMIN)
                        .answersContent("image/svg+xml")
                        .refuses(InvitationError.INVITATION_NOT_FOUND)
                        .handler(call -> pictures.svg(call.actor(), id(call))),
                Endpoint.get(ONE + "/qr.png")
                        .summary("An invitation's QR code as PNG")
                        .description("The same as a picture, eight pixels a module.")
                        .path(ID, UUID.class, ID_WORDS, EXAMPLE)
                        .role(Role.ADMIN)
                        .answersContent("image/png")
                        .refuses(InvitationError.INVITATION_NOT_FOUND)
                        .handler(call -> pictures.png(call.actor(), id(call))));
    }

    private static UUID id(Call<?> call) {
        return call.path(ID, UUID.class);
    }
}
