package io.thespace.gateway.rest;

import static io.thespace.gateway.GatewayError.INVALID_MODEL;
import static io.thespace.gateway.GatewayError.MODEL_NEEDED;
import static io.thespace.gateway.GatewayError.MODEL_NOT_FOUND;
import static io.thespace.gateway.GatewayError.MODEL_TAKEN;
import static io.thespace.gateway.GatewayError.SEALING_KEY_UNUSABLE;
import static io.thespace.gateway.GatewayError.TOO_MANY_MODELS;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.model.ModelOrder;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.Models;
import io.thespace.plugin.api.Role;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/gateway/models}. */
@ApplicationScoped
@Governed
@Path("control-center/gateway/models")
@Tag(name = "Gateway models")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ModelsResource {

    private Models models;
    private CurrentCall call;

    public ModelsResource() {}

    @Inject
    ModelsResource(Models models, CurrentCall call) {
        this.models = models;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the language models",
            description = "Sorted by name, with the effective value of every member except the API key.")
    public List<ModelView> list() {
        return models.list(call.actor());
    }

    @POST
    @Operation(
            summary = "Add a language model",
            description = "The model is available on every node within a second. Its server is any"
                    + " OpenAI-compatible chat completions API over HTTP/1.1, such as llama.cpp, Ollama or vLLM."
                    + " The API key is stored encrypted and never returned. Only `name`, `base_url` and"
                    + " `upstream_model` are required. An ONNX model, which runs in the platform's own process,"
                    + " is added with its file: `POST /api/mcp/models`.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @GatewayError.Refuses({INVALID_MODEL, MODEL_TAKEN, TOO_MANY_MODELS, SEALING_KEY_UNUSABLE})
    public ModelView create(@Valid ModelOrder order) {
        return models.create(call.actor(), order, Optional.empty());
    }

    @GET
    @Path("{name}")
    @Operation(
            summary = "Get a language model",
            description = "One model, with the effective value of every member except the API key.")
    @GatewayError.Refuses(MODEL_NOT_FOUND)
    public ModelView find(@PathParam("name") @Parameter(description = "The model.") String name) {
        return models.find(call.actor(), name);
    }

    @PUT
    @Path("{name}")
    @Operation(
            summary = "Change a language model",
            description = "Members that are left out get their default, except the API key: it is kept unless"
                    + " `base_url` names another server; an empty one removes it. The file of an ONNX model is"
                    + " kept. Calls in progress finish with the old model.")
    @GatewayError.Refuses({INVALID_MODEL, MODEL_NOT_FOUND, SEALING_KEY_UNUSABLE})
    public ModelView change(
            @PathParam("name") @Parameter(description = "The model.") String name, @Valid ModelOrder order) {
        return models.change(call.actor(), name, order);
    }

    @DELETE
    @Path("{name}")
    @Operation(summary = "Delete a language model", description = "Calls under way end as if it were still there.")
    @GatewayError.Refuses({MODEL_NOT_FOUND, MODEL_NEEDED})
    public void delete(@PathParam("name") @Parameter(description = "The model.") String name) {
        models.delete(call.actor(), name);
    }
}
