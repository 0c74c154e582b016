package io.thespace.mcp.model;

import java.util.List;

/**
 * The metadata of a model in the format of the Open Inference Protocol (version 2).
 *
 * @param platform its runtime: {@code onnx_onnxruntime} in this process, or {@code openai} at a server with OpenAI's
 *     API
 */
public record ModelMetadataView(String name, String platform, List<TensorView> inputs, List<TensorView> outputs) {

    /** For the documentation. */
    public static final ModelMetadataView EXAMPLE = of(PredictiveModelView.EXAMPLE);

    static ModelMetadataView of(PredictiveModelView model) {
        String platform =
                switch (model.kind()) {
                    case CHAT, EMBEDDINGS -> "openai";
                    case ONNX -> "onnx_onnxruntime";
                };
        return new ModelMetadataView(model.name(), platform, model.inputs(), model.outputs());
    }
}
