package io.thespace.webhook.rest;

import static io.thespace.webhook.WebhookError.DELIVERY_NOT_FOUND;
import static io.thespace.webhook.WebhookError.EVENT_NOT_KEPT;
import static io.thespace.webhook.WebhookError.INVALID_WEBHOOK;
import static io.thespace.webhook.WebhookError.SECRET_SEALED;
import static io.thespace.webhook.WebhookError.TESTS_UNDER_WAY;
import static io.thespace.webhook.WebhookError.TOO_MANY_WEBHOOKS;
import static io.thespace.webhook.WebhookError.WEBHOOK_DISABLED;
import static io.thespace.webhook.WebhookError.WEBHOOK_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.event.relay.ReplayReceipt;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.webhook.SecretRotation;
import io.thespace.webhook.WaitingEventView;
import io.thespace.webhook.WebhookChange;
import io.thespace.webhook.WebhookDeliveries;
import io.thespace.webhook.WebhookDeliveryView;
import io.thespace.webhook.WebhookError;
import io.thespace.webhook.WebhookOrder;
import io.thespace.webhook.WebhookSecretView;
import io.thespace.webhook.WebhookTests;
import io.thespace.webhook.WebhookView;
import io.thespace.webhook.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/webhooks}. */
@ApplicationScoped
@Governed
@Path("system/webhooks")
@Tag(name = "Webhooks")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    private static final String WEBHOOK = "The webhook.";

    private Webhooks webhooks;
    private WebhookDeliveries deliveries;
    private WebhookTests tests;
    private CurrentCall call;

    public WebhooksResource() {}

    @Inject
    WebhooksResource(Webhooks webhooks, WebhookDeliveries deliveries, WebhookTests tests, CurrentCall call) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.tests = tests;
        this.call = call;
    }

    @GET
    @Operation(summary = "List the webhooks", description = "The organization's webhooks, the oldest first.")
    public List<WebhookView> list() {
        return webhooks.list(call.actor());
    }

    @POST
    @Operation(
            summary = "Add a webhook",
            description =
                    "It gets the events that are committed from then on, as CloudEvents 1.0 with signatures of the"
                            + " Standard Webhooks specification, at least once and in order for each subject. `secret` is shown"
                            + " this once; for that reason the call takes no `Idempotency-Key`. If the answer is lost, delete the"
                            + " webhook or rotate its secret.")
    @APIResponse(responseCode = "201")
    @WebhookError.Refuses({INVALID_WEBHOOK, TOO_MANY_WEBHOOKS, SECRET_SEALED})
    public WebhookSecretView create(@Valid WebhookOrder order) {
        return webhooks.create(call.actor(), order);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a webhook", description = "One webhook with its state, without its secret.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public WebhookView find(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return webhooks.find(call.actor(), id);
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Change a webhook",
            description =
                    "What is left out gets its default. Events that wait are sent to the new URL. Its secret stays.")
    @WebhookError.Refuses({INVALID_WEBHOOK, WEBHOOK_NOT_FOUND})
    public WebhookView change(@PathParam("id") @Parameter(description = WEBHOOK) UUID id, @Valid WebhookChange change) {
        return webhooks.change(call.actor(), id, change);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Delete a webhook",
            description = "No more requests are sent. Its deliveries and waiting events are deleted.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public void delete(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        webhooks.delete(call.actor(), id);
    }

    @POST
    @Path("{id}/enable")
    @Operation(
            summary = "Enable a webhook",
            description =
                    "Deliveries of a disabled or paused webhook resume at the first event that was not" + " delivered.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public WebhookView enable(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return webhooks.enable(call.actor(), id);
    }

    @POST
    @Path("{id}/disable")
    @Operation(
            summary = "Disable a webhook",
            description = "No requests are sent until it is enabled; its events wait.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public WebhookView disable(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return webhooks.disable(call.actor(), id);
    }

    @POST
    @Path("{id}/rotate-secret")
    @Operation(
            summary = "Rotate a webhook's secret",
            description = "For `overlap_hours` requests carry a signature of the previous secret too. The new secret is"
                    + " shown this once; for that reason the call takes no `Idempotency-Key`.")
    @WebhookError.Refuses({INVALID_WEBHOOK, WEBHOOK_NOT_FOUND, SECRET_SEALED})
    public WebhookSecretView rotate(
            @PathParam("id") @Parameter(description = WEBHOOK) UUID id, @Valid SecretRotation rotation) {
        return webhooks.rotate(call.actor(), id, rotation);
    }

    @POST
    @Path("{id}/test")
    @Operation(
            summary = "Test a webhook",
            description = "Sends one event of the type `webhook_tested`, which is not part of any event list, and"
                    + " returns the receiver's response. The call takes up to 20 seconds and is not retried.")
    @OwnTransactions
    @WebhookError.Refuses({WEBHOOK_NOT_FOUND, WEBHOOK_DISABLED, TESTS_UNDER_WAY, SECRET_SEALED})
    public WebhookDeliveryView test(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return tests.send(call.actor(), id);
    }

    @GET
    @Path("{id}/deliveries")
    @Operation(
            summary = "List the deliveries of a webhook",
            description =
                    "The last 200 attempts, the newest first, each with the receiver's status and the beginning of"
                            + " its answer.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public Page<WebhookDeliveryView> deliveries(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return deliveries.list(call.actor(), id, call.page());
    }

    @POST
    @Path("{id}/deliveries/{delivery_id}/replay")
    @Operation(
            summary = "Replay a delivery",
            description = "Its event is sent once more, also when it was delivered before.")
    @Idempotent
    @WebhookError.Refuses({WEBHOOK_NOT_FOUND, WEBHOOK_DISABLED, DELIVERY_NOT_FOUND, EVENT_NOT_KEPT})
    public ReplayReceipt replay(
            @PathParam("id") @Parameter(description = WEBHOOK) UUID id,
            @PathParam("delivery_id") @Parameter(description = "The delivery.") UUID deliveryId) {
        return deliveries.replay(call.actor(), id, deliveryId);
    }

    @GET
    @Path("{id}/waiting-events")
    @Operation(
            summary = "List the events that wait for a webhook",
            description = "Events that are retried or parked, and those of the same subject that wait behind them,"
                    + " in order.")
    @WebhookError.Refuses(WEBHOOK_NOT_FOUND)
    public Page<WaitingEventView> waiting(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return deliveries.waiting(call.actor(), id, call.page());
    }

    @POST
    @Path("{id}/replay")
    @Operation(
            summary = "Replay the parked events of a webhook",
            description = "Each is sent once more, in order; those of its subject that wait behind it follow.")
    @Idempotent
    @WebhookError.Refuses({WEBHOOK_NOT_FOUND, WEBHOOK_DISABLED})
    public ReplayReceipt replayParked(@PathParam("id") @Parameter(description = WEBHOOK) UUID id) {
        return deliveries.replayParked(call.actor(), id);
    }
}
