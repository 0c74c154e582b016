package io.thespace.mcp.model;

import io.thespace.onnx.TensorSpec;
import java.util.List;

/**
 * An input or output of a model, as a tensor of the Open Inference Protocol.
 *
 * @param datatype {@code BYTES} for texts, {@code FP32} or {@code INT32}; of ONNX models also {@code BOOL}, {@code UINT8},
 *     {@code INT8}, {@code INT16}, {@code INT64} and {@code FP64}
 * @param shape the sizes of its dimensions; -1 for any
 * @param required whether a prediction needs it
 */
public record TensorView(String name, String datatype, List<Long> shape, boolean required) {

    static TensorView of(TensorSpec spec) {
        return new TensorView(spec.name(), spec.datatype().name(), spec.shape(), true);
    }

    static TensorView required(String name, String datatype, Long... shape) {
        return new TensorView(name, datatype, List.of(shape), true);
    }

    static TensorView optional(String name, String datatype, Long... shape) {
        return new TensorView(name, datatype, List.of(shape), false);
    }
}
