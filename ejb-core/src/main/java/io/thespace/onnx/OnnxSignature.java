package io.thespace.onnx;

import java.util.List;

/** The inputs and outputs of a model, as declared by its file. */
public record OnnxSignature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    /** For the documentation. */
    public static final OnnxSignature EXAMPLE = new OnnxSignature(
            List.of(new TensorSpec("x", TensorType.FP32, List.of(-1L, 4L))),
            List.of(new TensorSpec("y", TensorType.FP32, List.of(-1L, 2L))));
}
