package io.thespace.onnx;

import java.util.List;

/**
 * An input or an output as a model declares it.
 *
 * @param datatype of its elements
 * @param shape the sizes of its dimensions, -1 for any; empty for a single value, or where the model does not say
 */
public record TensorSpec(String name, TensorType datatype, List<Long> shape) {}
