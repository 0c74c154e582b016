package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.generation.EmbeddingsView;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.GenerationView;
import io.thespace.gateway.live.AwaitedModels;
import io.thespace.gateway.live.Gateway;
import io.thespace.gateway.model.ModelKind;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.Models;
import io.thespace.json.Json;
import io.thespace.onnx.OnnxRuns;
import io.thespace.onnx.Tensor;
import io.thespace.onnx.TensorSpec;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Predictions of the models in the gateway's registry, whatever their kind. */
@ApplicationScoped
public class Predictions {

    private static final int MAX_PROMPT = 500_000;
    private static final int MAX_SYSTEM = 100_000;
    private static final int MAX_TOKENS = 1_000_000;

    /** The texts of one prediction, and the characters of each. */
    private static final int MAX_TEXTS = 128;

    private static final int MAX_TEXT = 100_000;

    private Gateway gateway;
    private AwaitedModels models;
    private OnnxRuns runs;
    private Models registry;

    Predictions() {}

    @Inject
    Predictions(Gateway gateway, AwaitedModels models, OnnxRuns runs, Models registry) {
        this.gateway = gateway;
        this.models = models;
        this.runs = runs;
        this.registry = registry;
    }

    /** Returns the models that the actor may use, by name. */
    public List<PredictiveModelView> list(Actor actor) {
        return gateway.models(actor).stream().map(PredictiveModelView::of).toList();
    }

    /**
     * Returns a model.
     *
     * @throws Rejection {@code MODEL_UNKNOWN}: also when the actor may not use it
     */
    public PredictiveModelView find(Actor actor, String name) {
        return PredictiveModelView.of(open(actor, name));
    }

    private ModelView open(Actor actor, String name) {
        return gateway.models(actor).stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        GatewayError.MODEL_UNKNOWN,
                        "There is no model with this name that you may ask. List the models."));
    }

    /**
     * Returns a model in the format of the Open Inference Protocol.
     *
     * @throws Rejection as {@link #find}
     */
    public ModelMetadataView metadata(Actor actor, String name) {
        return ModelMetadataView.of(find(actor, name));
    }

    /**
     * Calls a model, and waits for its result.
     *
     * @throws Rejection {@code MODEL_UNKNOWN}, {@code INPUT_INVALID}; as {@link AwaitedModels#generate},
     *     {@link AwaitedModels#embed}, {@link Gateway#compute} and {@link OnnxRuns#run}
     */
    public PredictionView predict(Actor actor, String name, ObjectNode inputs) {
        ModelView model = open(actor, name);
        return switch (model.kind()) {
            case CHAT -> generated(actor, name, inputs, unknown(model, inputs));
            case EMBEDDINGS -> embedded(actor, name, inputs, unknown(model, inputs));
            case ONNX -> {
                List<FieldError> faults = new ArrayList<>();
                Map<String, Tensor> read = OnnxInputs.named(inputs, model.file().inputs(), faults);
                check(faults);
                ObjectNode outputs = Json.MAPPER.createObjectNode();
                computed(actor, model, read).forEach((output, tensor) -> outputs.set(output, tensor.nested()));
                yield new PredictionView(outputs, name, new ModelUsage(null, null));
            }
        };
    }

    /** A fault for each input that the model does not have. */
    private static List<FieldError> unknown(ModelView model, ObjectNode inputs) {
        Set<String> known = PredictiveModelView.of(model).inputs().stream()
                .map(TensorView::name)
                .collect(Collectors.toSet());
        List<FieldError> faults = new ArrayList<>();
        inputs.fieldNames().forEachRemaining(input -> {
            if (!known.contains(input)) {
                faults.add(new FieldError("inputs." + input, "is not an input of the model"));
            }
        });
        return faults;
    }

    private Map<String, Tensor> computed(Actor actor, ModelView model, Map<String, Tensor> inputs) {
        String sha256 = model.file().sha256();
        return gateway.compute(
                actor,
                model.name(),
                () -> runs.run(
                        sha256,
                        () -> registry.content(actor, sha256)
                                .orElseThrow(() -> new Rejection(
                                        GatewayError.MODEL_UNKNOWN,
                                        "The model was removed or replaced. List the models.")),
                        inputs,
                        Duration.ofMillis(model.totalMillis())));
    }

    private PredictionView generated(Actor actor, String name, ObjectNode inputs, List<FieldError> faults) {
        JsonNode prompt = inputs.path("prompt");
        if (!prompt.isTextual() || prompt.asText().isBlank() || prompt.asText().length() > MAX_PROMPT) {
            faults.add(new FieldError("inputs.prompt", "must be a text of 1 to %d characters".formatted(MAX_PROMPT)));
        }
        JsonNode system = inputs.path("system");
        if (inputs.hasNonNull("system")
                && (!system.isTextual() || system.asText().length() > MAX_SYSTEM)) {
            faults.add(
                    new FieldError("inputs.system", "must be a text of at most %d characters".formatted(MAX_SYSTEM)));
        }
        JsonNode temperature = inputs.path("temperature");
        if (inputs.hasNonNull("temperature")
                && (!temperature.isNumber() || temperature.asDouble() < 0 || temperature.asDouble() > 2)) {
            faults.add(new FieldError("inputs.temperature", "must be a number from 0 to 2"));
        }
        JsonNode tokens = inputs.path("max_tokens");
        if (inputs.hasNonNull("max_tokens")
                && (!tokens.canConvertToExactIntegral()
                        || !tokens.canConvertToInt()
                        || tokens.asInt() < 1
                        || tokens.asInt() > MAX_TOKENS)) {
            faults.add(new FieldError("inputs.max_tokens", "must be a whole number from 1 to " + MAX_TOKENS));
        }
        check(faults);
        BigDecimal degree = inputs.hasNonNull("temperature") ? temperature.decimalValue() : null;
        Integer most = inputs.hasNonNull("max_tokens") ? (Integer) tokens.asInt() : null;
        String keep = inputs.hasNonNull("system") ? system.asText() : null;
        GenerationView answer =
                models.generate(actor, new GenerateRequest(prompt.asText(), name, degree, most, keep, false));
        ObjectNode outputs = Json.MAPPER.createObjectNode().put("result", answer.result());
        return new PredictionView(outputs, answer.model(), answer.usage());
    }

    private PredictionView embedded(Actor actor, String name, ObjectNode inputs, List<FieldError> faults) {
        JsonNode sent = inputs.path("texts");
        List<String> texts = new ArrayList<>();
        if (sent.isTextual()) {
            texts.add(sent.asText());
        }
        for (JsonNode text : sent) {
            texts.add(text.isTextual() ? text.asText() : "");
        }
        if (texts.isEmpty()
                || texts.size() > MAX_TEXTS
                || texts.stream().anyMatch(text -> text.isBlank() || text.length() > MAX_TEXT)) {
            faults.add(new FieldError(
                    "inputs.texts", "must be 1 to %d texts of 1 to %d characters each".formatted(MAX_TEXTS, MAX_TEXT)));
        }
        check(faults);
        EmbeddingsView answer = models.embed(actor, name, texts);
        ObjectNode outputs = Json.MAPPER.createObjectNode();
        outputs.set("embeddings", Json.MAPPER.valueToTree(answer.embeddings()));
        return new PredictionView(outputs, answer.model(), answer.usage());
    }

    private static void check(List<FieldError> faults) {
        if (!faults.isEmpty()) {
            throw Rejection.of(PredictionError.INPUT_INVALID, faults);
        }
    }

    /**
     * As {@link #predict}, with tensors; returns the requested outputs only.
     *
     * @throws Rejection as {@link #predict}
     */
    public InferenceView infer(Actor actor, String name, InferenceOrder order) {
        ModelView model = open(actor, name);
        List<FieldError> faults = new ArrayList<>();
        if (model.kind() == ModelKind.ONNX) {
            Map<String, Tensor> read =
                    OnnxInputs.tensors(order.inputs(), model.file().inputs(), faults);
            List<String> declared =
                    model.file().outputs().stream().map(TensorSpec::name).toList();
            Set<String> requested = Tensors.requested(order.outputs(), declared, faults);
            check(faults);
            return new InferenceView(
                    name,
                    order.id(),
                    computed(actor, model, read).entrySet().stream()
                            .filter(one -> requested.contains(one.getKey()))
                            .map(one -> Tensors.of(one.getKey(), one.getValue()))
                            .toList());
        }
        PredictiveModelView described = PredictiveModelView.of(model);
        ObjectNode inputs = Tensors.inputs(order.inputs(), described.inputs(), faults);
        Set<String> requested = Tensors.requested(
                order.outputs(),
                described.outputs().stream().map(TensorView::name).toList(),
                faults);
        check(faults);
        PredictionView answer = predict(actor, name, inputs);
        return new InferenceView(
                answer.model(),
                order.id(),
                Tensors.outputs(
                        answer.outputs(),
                        described.outputs().stream()
                                .filter(one -> requested.contains(one.name()))
                                .toList()));
    }
}
