package io.thespace.mcp.rest;

import static io.thespace.gateway.GatewayError.INVALID_MODEL;
import static io.thespace.gateway.GatewayError.MODEL_BUSY;
import static io.thespace.gateway.GatewayError.MODEL_NEEDED;
import static io.thespace.gateway.GatewayError.MODEL_NOT_FOUND;
import static io.thespace.gateway.GatewayError.MODEL_REFUSED;
import static io.thespace.gateway.GatewayError.MODEL_SEALED;
import static io.thespace.gateway.GatewayError.MODEL_TAKEN;
import static io.thespace.gateway.GatewayError.MODEL_UNKNOWN;
import static io.thespace.gateway.GatewayError.PARAMETER_NOT_TAKEN;
import static io.thespace.gateway.GatewayError.PROVIDER_UNAVAILABLE;
import static io.thespace.gateway.GatewayError.SEALING_KEY_UNUSABLE;
import static io.thespace.gateway.GatewayError.TOKENS_USED_UP;
import static io.thespace.gateway.GatewayError.TOO_MANY_MODELS;
import static io.thespace.gateway.GatewayError.TOO_MANY_TOKENS;
import static io.thespace.gateway.GatewayError.UPSTREAM_BROKEN;
import static io.thespace.gateway.GatewayError.UPSTREAM_FULL;
import static io.thespace.gateway.GatewayError.UPSTREAM_RESTING;
import static io.thespace.gateway.GatewayError.UPSTREAM_TIMEOUT;
import static io.thespace.gateway.GatewayError.UPSTREAM_UNREACHABLE;
import static io.thespace.mcp.model.PredictionError.INPUT_INVALID;
import static io.thespace.onnx.OnnxError.MODEL_FILE_INVALID;
import static io.thespace.onnx.OnnxError.MODEL_FILE_TOO_LARGE;
import static io.thespace.onnx.OnnxError.ONNX_UNAVAILABLE;
import static io.thespace.onnx.OnnxError.OUTPUT_TOO_LARGE;
import static io.thespace.onnx.OnnxError.RUNS_FULL;
import static io.thespace.onnx.OnnxError.RUN_FAILED;
import static io.thespace.onnx.OnnxError.RUN_TIMEOUT;

import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.model.ModelOrder;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.Models;
import io.thespace.mcp.model.InferenceOrder;
import io.thespace.mcp.model.InferenceView;
import io.thespace.mcp.model.ModelMetadataView;
import io.thespace.mcp.model.PredictionError;
import io.thespace.mcp.model.PredictionOrder;
import io.thespace.mcp.model.PredictionView;
import io.thespace.mcp.model.Predictions;
import io.thespace.mcp.model.PredictiveModelView;
import io.thespace.onnx.OnnxError;
import io.thespace.onnx.OnnxRuns;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/mcp/…models}: the gateway's models behind one shape of prediction. */
@ApplicationScoped
@Governed
@Path("mcp")
@Tag(name = "MCP models")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpModelsResource {

    private Predictions predictions;
    private Models models;
    private OnnxRuns onnx;
    private CurrentCall call;

    public McpModelsResource() {}

    @Inject
    McpModelsResource(Predictions predictions, Models models, OnnxRuns onnx, CurrentCall call) {
        this.predictions = predictions;
        this.models = models;
        this.onnx = onnx;
        this.call = call;
    }

    @GET
    @Path("models")
    @Operation(
            summary = "List the models",
            description = "Those that the caller's role may use, by name, each with its inputs and outputs.")
    @Tool("model_list")
    public List<PredictiveModelView> list() {
        return predictions.list(call.actor());
    }

    @POST
    @Path("models")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Register a model",
            description = "The same as `POST /api/control-center/gateway/models`: there is one registry. Only `name`,"
                    + " `base_url` and `upstream_model` are needed; `kind` is `chat` or `embeddings`. A model of the kind"
                    + " `onnx` comes as a form with `name`, `kind` and the file; it runs in the platform's own process,"
                    + " with the inputs and outputs that the file declares. Files with custom operators or with data in"
                    + " other files are refused. The model can be asked on every node within a second.")
    @APIResponse(responseCode = "201")
    @Requires(role = Role.ADMIN)
    @Idempotent
    @OnnxError.Refuses({ONNX_UNAVAILABLE, MODEL_FILE_TOO_LARGE, MODEL_FILE_INVALID, RUNS_FULL, RUN_TIMEOUT})
    @GatewayError.Refuses({INVALID_MODEL, MODEL_TAKEN, TOO_MANY_MODELS, SEALING_KEY_UNUSABLE})
    public ModelView register(@Valid ModelOrder order) {
        return models.create(call.actor(), order, call.upload().map(onnx::check));
    }

    @GET
    @Path("models/{name}")
    @Operation(
            summary = "Get a model",
            description = "One that the caller's role may use, with its inputs and outputs.")
    @GatewayError.Refuses(MODEL_UNKNOWN)
    public PredictiveModelView find(@PathParam("name") @Parameter(description = "The model.") String name) {
        return predictions.find(call.actor(), name);
    }

    @DELETE
    @Path("models/{name}")
    @Operation(summary = "Remove a model", description = "Calls under way end as if it were still there.")
    @Requires(role = Role.ADMIN)
    @GatewayError.Refuses({MODEL_NOT_FOUND, MODEL_NEEDED})
    public void remove(@PathParam("name") @Parameter(description = "The model.") String name) {
        models.delete(call.actor(), name);
    }

    @POST
    @Path("models/{name}/predict")
    @Operation(
            summary = "Run a prediction",
            description =
                    "Waits for the whole answer, up to two minutes. The inputs of a chat model are `prompt` and, if"
                            + " wanted, `system`, `temperature` and `max_tokens`; its output is `result`. The input of an"
                            + " embeddings model is `texts`, up to 128; its output is `embeddings`, a vector for each."
                            + " Those of an ONNX model are its own, each a value or lists of lists.")
    @OwnTransactions
    @Counts(LimitClass.GATEWAY)
    @PredictionError.Refuses(INPUT_INVALID)
    @OnnxError.Refuses({ONNX_UNAVAILABLE, RUNS_FULL, RUN_TIMEOUT, RUN_FAILED, OUTPUT_TOO_LARGE})
    @GatewayError.Refuses({
        MODEL_UNKNOWN,
        TOKENS_USED_UP,
        PARAMETER_NOT_TAKEN,
        TOO_MANY_TOKENS,
        MODEL_SEALED,
        MODEL_BUSY,
        UPSTREAM_RESTING,
        UPSTREAM_FULL,
        UPSTREAM_UNREACHABLE,
        UPSTREAM_BROKEN,
        UPSTREAM_TIMEOUT,
        MODEL_REFUSED,
        PROVIDER_UNAVAILABLE
    })
    public PredictionView predict(
            @PathParam("name") @Parameter(description = "The model.") String name, @Valid PredictionOrder order) {
        return predictions.predict(call.actor(), name, order.inputs());
    }

    @GET
    @Path("v2/models/{name}")
    @Operation(
            summary = "Get a model's metadata",
            description = "Its inputs and outputs, in the shape of the Open Inference Protocol, version 2.")
    @GatewayError.Refuses(MODEL_UNKNOWN)
    public ModelMetadataView metadata(@PathParam("name") @Parameter(description = "The model.") String name) {
        return predictions.metadata(call.actor(), name);
    }

    @POST
    @Path("v2/models/{name}/infer")
    @Operation(
            summary = "Run a prediction on tensors",
            description =
                    "The same as `predict`, in the shape of the Open Inference Protocol, version 2. Texts have the"
                            + " datatype `BYTES`.")
    @OwnTransactions
    @Counts(LimitClass.GATEWAY)
    @PredictionError.Refuses(INPUT_INVALID)
    @OnnxError.Refuses({ONNX_UNAVAILABLE, RUNS_FULL, RUN_TIMEOUT, RUN_FAILED, OUTPUT_TOO_LARGE})
    @GatewayError.Refuses({
        MODEL_UNKNOWN,
        TOKENS_USED_UP,
        PARAMETER_NOT_TAKEN,
        TOO_MANY_TOKENS,
        MODEL_SEALED,
        MODEL_BUSY,
        UPSTREAM_RESTING,
        UPSTREAM_FULL,
        UPSTREAM_UNREACHABLE,
        UPSTREAM_BROKEN,
        UPSTREAM_TIMEOUT,
        MODEL_REFUSED,
        PROVIDER_UNAVAILABLE
    })
    public InferenceView infer(
            @PathParam("name") @Parameter(description = "The model.") String name, @Valid InferenceOrder order) {
        return predictions.infer(call.actor(), name, order);
    }
}
