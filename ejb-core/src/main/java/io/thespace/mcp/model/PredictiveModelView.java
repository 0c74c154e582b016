package io.thespace.mcp.model;

import io.thespace.gateway.model.ModelKind;
import io.thespace.gateway.model.ModelView;
import java.util.List;

/**
 * A model that the caller may use.
 *
 * @param roles the roles that may use it; a higher role includes the lower ones
 * @param inputs the inputs of a prediction
 * @param outputs the outputs of a prediction
 */
public record PredictiveModelView(
        String name, ModelKind kind, List<String> roles, List<TensorView> inputs, List<TensorView> outputs) {

    /** For the documentation. */
    public static final PredictiveModelView EXAMPLE = of(ModelView.EXAMPLE);

    static PredictiveModelView of(ModelView model) {
        return switch (model.kind()) {
            case CHAT ->
                new PredictiveModelView(
                        model.name(),
                        model.kind(),
                        model.roles(),
                        List.of(
                                TensorView.required("prompt", Tensors.TEXT, 1L),
                                TensorView.optional("system", Tensors.TEXT, 1L),
                                TensorView.optional("temperature", Tensors.REAL, 1L),
                                TensorView.optional("max_tokens", Tensors.WHOLE, 1L)),
                        List.of(TensorView.required("result", Tensors.TEXT, 1L)));
            case EMBEDDINGS ->
                new PredictiveModelView(
                        model.name(),
                        model.kind(),
                        model.roles(),
                        List.of(TensorView.required("texts", Tensors.TEXT, -1L)),
                        List.of(TensorView.required("embeddings", Tensors.REAL, -1L, -1L)));
            case ONNX ->
                new PredictiveModelView(
                        model.name(),
                        model.kind(),
                        model.roles(),
                        model.file().inputs().stream().map(TensorView::of).toList(),
                        model.file().outputs().stream().map(TensorView::of).toList());
        };
    }
}
