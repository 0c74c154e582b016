package io.thespace.privacy.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import io.thespace.privacy.DataRequestKind;
import io.thespace.privacy.DataRequestOrder;
import io.thespace.privacy.DataRequestState;
import io.thespace.privacy.DataRequestView;
import io.thespace.privacy.DataRequests;
import io.thespace.privacy.PrivacyError;
import io.thespace.privacy.ReceiptView;
import io.thespace.privacy.StoreView;
import io.thespace.privacy.VerificationOrder;
import io.thespace.privacy.VerificationView;
import io.thespace.privacy.Verifications;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/data-requests}. */
@ApplicationScoped
class DataRequestsResource implements ManagementResource {

    private static final String PATH = "/v1/data-requests/{data_request_id}";
    private static final String WORDS = "The data request.";
    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60");
    private static final UUID USER = UUID.fromString("0192bda5-0000-7000-8000-000000000002");
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final String JWS = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";

    private static final DataRequestView REQUEST = new DataRequestView(
            ID,
            "erasure",
            "completed",
            null,
            USER,
            null,
            USER,
            CREATED,
            Instant.parse("2026-02-28T12:00:00Z"),
            false,
            Instant.parse("2026-01-31T12:00:02Z"),
            Instant.parse("2026-01-31T12:00:05Z"),
            null,
            List.of(new StoreView("mirrorcore", "mirrorcore.turn", 12, 12, 0L, "erased", null)));

    @Inject
    DataRequests requests;

    @Inject
    Verifications verifications;

    @Override
    public String group() {
        return "Data requests";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/data-requests")
                        .summary("List data requests")
                        .description("What people asked about their data, the newest first, with how far it has come in"
                                + " each store.")
                        .query("state", DataRequestState.class, "Only those in this state.")
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .answersPage(DataRequestView.class, REQUEST)
                        .handler(call -> requests.list(
                                call.actor(),
                                call.query("state", DataRequestState.class).orElse(null),
                                call.page())),
                Endpoint.post("/v1/data-requests")
                        .body(
                                DataRequestOrder.class,
                                new DataRequestOrder(DataRequestKind.ACCESS, null, "ada@example.org"))
                        .summary("Make a data request")
                        .description(
                                "To see (`access`) or take along (`portability`) what is held about somebody, or to"
                                        + " have it erased (`erasure`): a user by `user_id`, or somebody else by `identifier`,"
                                        + " which is what they are called in the organization's data. It is done in the"
                                        + " background. An erasure of somebody under a legal hold is `held` until that is"
                                        + " cleared; a user who is being erased can act no more.")
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .idempotent()
                        .creates(DataRequestView.class, REQUEST)
                        .refuses(
                                PrivacyError.SUBJECT_AMBIGUOUS,
                                PrivacyError.SUBJECT_UNKNOWN,
                                PrivacyError.PLATFORM_ADMINISTRATOR,
                                IdentityError.ROLE_EXCEEDED,
                                IdentityError.LAST_OWNER,
                                PrivacyError.TOO_MANY_OPEN)
                        .handler(call -> requests.create(call.actor(), call.body())),
                Endpoint.get(PATH)
                        .summary("Get a data request")
                        .description(
                                "One of the organization's, with how far it has come in each store. `blocked` means"
                                        + " that all is done that can be done: the notes tell what is in the way, and it is tried"
                                        + " again by itself.")
                        .path("data_request_id", UUID.class, WORDS)
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .answers(DataRequestView.class, REQUEST)
                        .refuses(PrivacyError.DATA_REQUEST_NOT_FOUND)
                        .handler(call -> requests.find(call.actor(), call.path("data_request_id", UUID.class))),
                Endpoint.get(PATH + "/export")
                        .summary("Load an export")
                        .description(
                                "What is held about the person, as JSON documents of about a megabyte; `parts` tells"
                                        + " how many there are, and the header `Link` leads to the next. It can be loaded for"
                                        + " some days. docs/DATA_REQUESTS.md describes the form.")
                        .path("data_request_id", UUID.class, WORDS)
                        .query("part", Integer.class, "Which part, counted from 1; the first without it.")
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .answersContent(
                                "application/json",
                                Map.of(
                                        "format",
                                        "the-space-personal-data/1",
                                        "request_id",
                                        ID,
                                        "part",
                                        1,
                                        "parts",
                                        1,
                                        "stores",
                                        List.of(),
                                        "records",
                                        List.of(Map.of(
                                                "source",
                                                "mirrorcore",
                                                "store",
                                                "turn",
                                                "record",
                                                Map.of("text", "Hello.")))))
                        .refuses(
                                PrivacyError.DATA_REQUEST_NOT_FOUND,
                                PrivacyError.NO_EXPORT,
                                PrivacyError.EXPORT_PART_NOT_FOUND)
                        .handler(call -> requests.export(
                                call.actor(),
                                call.path("data_request_id", UUID.class),
                                call.query("part", Integer.class).orElse(1))),
                Endpoint.get(PATH + "/receipt")
                        .summary("Get a receipt")
                        .description("What was done for a completed request, store by store, signed by the platform:"
                                + " a JWS whose key `GET /api/auth/jwks` has. Keep that key with it, since keys are"
                                + " replaced.")
                        .path("data_request_id", UUID.class, WORDS)
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .answers(ReceiptView.class, new ReceiptView(ID, JWS))
                        .refuses(PrivacyError.DATA_REQUEST_NOT_FOUND, PrivacyError.NOT_COMPLETED)
                        .handler(call -> requests.receipt(call.actor(), call.path("data_request_id", UUID.class))),
                Endpoint.post(PATH + "/verify")
                        .body(VerificationOrder.class, new VerificationOrder("ada@example.org"))
                        .summary("Verify an erasure")
                        .description("Looks again in all stores, and searches every row of the organization's for the"
                                + " identifier. That has to be given, since the platform does not know it any more;"
                                + " without it a user is looked for by their id only.")
                        .path("data_request_id", UUID.class, WORDS)
                        .permission(Permission.DATA_REQUEST_MANAGE)
                        .ownTransactions()
                        .answers(VerificationView.class, new VerificationView(ID, CREATED, true, List.of(), 48, JWS))
                        .refuses(
                                PrivacyError.DATA_REQUEST_NOT_FOUND,
                                PrivacyError.NOT_COMPLETED,
                                PrivacyError.NOT_AN_ERASURE,
                                PrivacyError.IDENTIFIER_NEEDED,
                                PrivacyError.IDENTIFIER_WRONG)
                        .handler(call -> verifications.verify(
                                call.actor(), call.path("data_request_id", UUID.class), call.body())));
    }
}
