package io.thespace.privacy.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import io.thespace.privacy.ClearanceOrder;
import io.thespace.privacy.LegalHoldOrder;
import io.thespace.privacy.LegalHoldView;
import io.thespace.privacy.LegalHolds;
import io.thespace.privacy.PrivacyError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/legal-holds}. */
@ApplicationScoped
class LegalHoldsResource implements ManagementResource {

    private static final LegalHoldView HOLD = new LegalHoldView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e70"),
            null,
            "ada@example.org",
            "Matter 2026/17",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            null,
            null);

    @Inject
    LegalHolds holds;

    @Override
    public String group() {
        return "Legal holds";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/legal-holds")
                        .summary("List legal holds")
                        .description("The newest first, cleared ones included.")
                        .permission(Permission.LEGAL_HOLD_MANAGE)
                        .answersPage(LegalHoldView.class, HOLD)
                        .handler(call -> holds.list(call.actor(), call.page())),
                Endpoint.post("/v1/legal-holds")
                        .body(LegalHoldOrder.class, new LegalHoldOrder(null, "ada@example.org", "Matter 2026/17"))
                        .summary("Place a legal hold")
                        .description(
                                "Keeps somebody's data from being erased: a user's by `user_id`, or somebody else's"
                                        + " by `identifier`. Erasures that are not completed wait from now on; one that runs"
                                        + " stops after its batch.")
                        .permission(Permission.LEGAL_HOLD_MANAGE)
                        .idempotent()
                        .creates(LegalHoldView.class, HOLD)
                        .refuses(PrivacyError.SUBJECT_AMBIGUOUS, PrivacyError.SUBJECT_UNKNOWN)
                        .handler(call -> holds.place(call.actor(), call.body())),
                Endpoint.post("/v1/legal-holds/{legal_hold_id}/clear")
                        .body(ClearanceOrder.class, new ClearanceOrder("Settled."))
                        .summary("Clear a legal hold")
                        .description("Erasures that waited for nothing else go on.")
                        .path("legal_hold_id", UUID.class, "The legal hold.")
                        .permission(Permission.LEGAL_HOLD_MANAGE)
                        .idempotent()
                        .answers(LegalHoldView.class, HOLD)
                        .refuses(PrivacyError.LEGAL_HOLD_NOT_FOUND, PrivacyError.HOLD_CLEARED)
                        .handler(call ->
                                holds.clear(call.actor(), call.path("legal_hold_id", UUID.class), call.body())));
    }
}
