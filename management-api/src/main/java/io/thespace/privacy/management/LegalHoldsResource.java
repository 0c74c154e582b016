package io.thespace.privacy.management;

import static io.thespace.plugin.api.Permission.LEGAL_HOLD_MANAGE;
import static io.thespace.privacy.PrivacyError.HOLD_CLEARED;
import static io.thespace.privacy.PrivacyError.LEGAL_HOLD_NOT_FOUND;
import static io.thespace.privacy.PrivacyError.SUBJECT_AMBIGUOUS;
import static io.thespace.privacy.PrivacyError.SUBJECT_UNKNOWN;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.privacy.ClearanceOrder;
import io.thespace.privacy.LegalHoldOrder;
import io.thespace.privacy.LegalHoldView;
import io.thespace.privacy.LegalHolds;
import io.thespace.privacy.PrivacyError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** {@code /management/v1/legal-holds}. */
@ApplicationScoped
@Governed
@Path("v1/legal-holds")
@Tag(name = "Legal holds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(LEGAL_HOLD_MANAGE)
public class LegalHoldsResource {

    private LegalHolds holds;
    private CurrentCall call;

    public LegalHoldsResource() {}

    @Inject
    LegalHoldsResource(LegalHolds holds, CurrentCall call) {
        this.holds = holds;
        this.call = call;
    }

    @GET
    @Operation(summary = "List legal holds", description = "The newest first, cleared ones included.")
    public Page<LegalHoldView> list() {
        return holds.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Place a legal hold",
            description = "Keeps somebody's data from being erased: a user's by `user_id`, or somebody else's by"
                    + " `identifier`. Erasures that are not completed wait from now on; one that runs stops after its"
                    + " batch.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @PrivacyError.Refuses({SUBJECT_AMBIGUOUS, SUBJECT_UNKNOWN})
    public LegalHoldView place(@Valid LegalHoldOrder order) {
        return holds.place(call.actor(), order);
    }

    @POST
    @Path("{legal_hold_id}/clear")
    @Operation(summary = "Clear a legal hold", description = "Erasures that waited for nothing else go on.")
    @Idempotent
    @PrivacyError.Refuses({LEGAL_HOLD_NOT_FOUND, HOLD_CLEARED})
    public LegalHoldView clear(
            @PathParam("legal_hold_id") @Parameter(description = "The legal hold.") UUID legalHoldId,
            @Valid ClearanceOrder order) {
        return holds.clear(call.actor(), legalHoldId, order);
    }
}
