package io.thespace.privacy.management;

import static io.thespace.identity.IdentityError.LAST_OWNER;
import static io.thespace.identity.IdentityError.ROLE_EXCEEDED;
import static io.thespace.plugin.api.Permission.DATA_REQUEST_MANAGE;
import static io.thespace.privacy.PrivacyError.DATA_REQUEST_NOT_FOUND;
import static io.thespace.privacy.PrivacyError.EXPORT_PART_NOT_FOUND;
import static io.thespace.privacy.PrivacyError.IDENTIFIER_NEEDED;
import static io.thespace.privacy.PrivacyError.IDENTIFIER_WRONG;
import static io.thespace.privacy.PrivacyError.NOT_AN_ERASURE;
import static io.thespace.privacy.PrivacyError.NOT_COMPLETED;
import static io.thespace.privacy.PrivacyError.NO_EXPORT;
import static io.thespace.privacy.PrivacyError.PLATFORM_ADMINISTRATOR;
import static io.thespace.privacy.PrivacyError.SUBJECT_AMBIGUOUS;
import static io.thespace.privacy.PrivacyError.SUBJECT_UNKNOWN;
import static io.thespace.privacy.PrivacyError.TOO_MANY_OPEN;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.privacy.DataRequestOrder;
import io.thespace.privacy.DataRequestState;
import io.thespace.privacy.DataRequestView;
import io.thespace.privacy.DataRequests;
import io.thespace.privacy.PrivacyError;
import io.thespace.privacy.ReceiptView;
import io.thespace.privacy.VerificationOrder;
import io.thespace.privacy.VerificationView;
import io.thespace.privacy.Verifications;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/data-requests}. */
@ApplicationScoped
@Governed
@Path("v1/data-requests")
@Tag(name = "Data requests")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(DATA_REQUEST_MANAGE)
public class DataRequestsResource {

    private static final String EXPORT =
            """
            {
              "format": "the-space-personal-data/1",
              "request_id": "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60",
              "part": 1,
              "parts": 1,
              "stores": [],
              "records": [{"source": "mirrorcore", "store": "turn", "record": {"text": "Hello."}}]
            }
            """;

    private DataRequests requests;
    private Verifications verifications;
    private CurrentCall call;

    public DataRequestsResource() {}

    @Inject
    DataRequestsResource(DataRequests requests, Verifications verifications, CurrentCall call) {
        this.requests = requests;
        this.verifications = verifications;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List data requests",
            description =
                    "What people asked about their data, the newest first, with how far it has come in each store.")
    public Page<DataRequestView> list(
            @QueryParam("state") @Parameter(description = "Only those in this state.") DataRequestState state) {
        return requests.list(call.actor(), state, call.page());
    }

    @POST
    @Operation(
            summary = "Make a data request",
            description = "To see (`access`) or take along (`portability`) what is held about somebody, or to have it"
                    + " erased (`erasure`): a user by `user_id`, or somebody else by `identifier`, which is what they are"
                    + " called in the organization's data. It is done in the background. An erasure of somebody under a"
                    + " legal hold is `held` until that is cleared; a user who is being erased can act no more.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @PrivacyError.Refuses({SUBJECT_AMBIGUOUS, SUBJECT_UNKNOWN, PLATFORM_ADMINISTRATOR, TOO_MANY_OPEN})
    @IdentityError.Refuses({ROLE_EXCEEDED, LAST_OWNER})
    public DataRequestView create(@Valid DataRequestOrder order) {
        return requests.create(call.actor(), order);
    }

    @GET
    @Path("{data_request_id}")
    @Operation(
            summary = "Get a data request",
            description =
                    "One of the organization's, with how far it has come in each store. `blocked` means that all is"
                            + " done that can be done: the notes tell what is in the way, and it is tried again by itself.")
    @PrivacyError.Refuses(DATA_REQUEST_NOT_FOUND)
    public DataRequestView find(
            @PathParam("data_request_id") @Parameter(description = "The data request.") UUID dataRequestId) {
        return requests.find(call.actor(), dataRequestId);
    }

    @GET
    @Path("{data_request_id}/export")
    @Operation(
            summary = "Load an export",
            description = "What is held about the person, as JSON documents of about a megabyte; `parts` tells how many"
                    + " there are, and the header `Link` leads to the next. It can be loaded for some days."
                    + " docs/DATA_REQUESTS.md describes the form.")
    @APIResponse(
            responseCode = "200",
            content = @org.eclipse.microprofile.openapi.annotations.media.Content(example = EXPORT))
    @PrivacyError.Refuses({DATA_REQUEST_NOT_FOUND, NO_EXPORT, EXPORT_PART_NOT_FOUND})
    public Content export(
            @PathParam("data_request_id") @Parameter(description = "The data request.") UUID dataRequestId,
            @QueryParam("part")
                    @DefaultValue("1")
                    @Parameter(description = "Which part, counted from 1; the first without it.")
                    int part) {
        return requests.export(call.actor(), dataRequestId, part);
    }

    @GET
    @Path("{data_request_id}/receipt")
    @Operation(
            summary = "Get a receipt",
            description =
                    "What was done for a completed request, store by store, signed by the platform: a JWS whose key"
                            + " `GET /api/auth/jwks` has. Keep that key with it, since keys are replaced.")
    @PrivacyError.Refuses({DATA_REQUEST_NOT_FOUND, NOT_COMPLETED})
    public ReceiptView receipt(
            @PathParam("data_request_id") @Parameter(description = "The data request.") UUID dataRequestId) {
        return requests.receipt(call.actor(), dataRequestId);
    }

    @POST
    @Path("{data_request_id}/verify")
    @Operation(
            summary = "Verify an erasure",
            description =
                    "Looks again in all stores, and searches every row of the organization's for the identifier. That"
                            + " has to be given, since the platform does not know it any more; without it a user is looked for by"
                            + " their id only.")
    @OwnTransactions
    @PrivacyError.Refuses({DATA_REQUEST_NOT_FOUND, NOT_COMPLETED, NOT_AN_ERASURE, IDENTIFIER_NEEDED, IDENTIFIER_WRONG})
    public VerificationView verify(
            @PathParam("data_request_id") @Parameter(description = "The data request.") UUID dataRequestId,
            @Valid VerificationOrder order) {
        return verifications.verify(call.actor(), dataRequestId, order);
    }
}
