package io.thespace.gateway.model;

import io.thespace.onnx.OnnxSignature;
import io.thespace.onnx.TensorSpec;
import java.util.List;

/**
 * The file of an ONNX model.
 *
 * @param sha256 of its content, in hexadecimal
 * @param bytes its size
 * @param inputs the model's inputs, as declared by the file
 * @param outputs the model's outputs
 */
public record ModelFileView(String sha256, int bytes, List<TensorSpec> inputs, List<TensorSpec> outputs) {

    /** For the documentation. */
    public static final ModelFileView EXAMPLE = new ModelFileView(
            "0".repeat(64), 1_048_576, OnnxSignature.EXAMPLE.inputs(), OnnxSignature.EXAMPLE.outputs());
}
