package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.onnx.Tensor;
import io.thespace.plugin.api.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Inputs and outputs by name, from and to tensors of the Open Inference Protocol. */
final class Tensors {

    static final String TEXT = "BYTES";
    static final String REAL = "FP32";
    static final String WHOLE = "INT32";

    static final int MAX_ELEMENTS = 100_000;

    private Tensors() {}

    /**
     * Inputs by name: a declared shape of one element makes a value, any other a list.
     *
     * @param faults receives what is wrong with tensors
     */
    static ObjectNode inputs(List<InferenceInput> sent, List<TensorView> declared, List<FieldError> faults) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            InferenceInput tensor = sent.get(i);
            String field = "inputs[" + i + "]";
            TensorView known = declared.stream()
                    .filter(one -> one.name().equals(tensor.name()))
                    .findFirst()
                    .orElse(null);
            List<JsonNode> elements = new ArrayList<>();
            if (known == null) {
                faults.add(new FieldError(field + ".name", "is not an input of the model"));
            } else if (!names.add(tensor.name())) {
                faults.add(new FieldError(field + ".name", "is the name of another input"));
            } else if (!known.datatype().equals(tensor.datatype())) {
                faults.add(new FieldError(field + ".datatype", "must be " + known.datatype()));
            } else if (!flatten(tensor.data(), elements) || elements.size() != count(tensor.shape())) {
                faults.add(new FieldError(field + ".data", "must have as many elements as the shape says"));
            } else if (known.shape().equals(List.of(1L)) && elements.size() == 1) {
                inputs.set(tensor.name(), elements.get(0));
            } else {
                ArrayNode list = inputs.putArray(tensor.name());
                elements.forEach(list::add);
            }
        }
        return inputs;
    }

    /** Returns the number of elements of a shape; -1 when it exceeds the maximum. */
    static long count(List<Long> shape) {
        long count = 1;
        for (Long size : shape) {
            if (size > MAX_ELEMENTS || count * size > MAX_ELEMENTS) {
                return -1;
            }
            count *= size;
        }
        return count;
    }

    /**
     * Gathers the elements of lists of lists, or a single value. Returns false when there are more than the maximum.
     */
    static boolean flatten(JsonNode data, List<JsonNode> elements) {
        if (!data.isArray()) {
            elements.add(data);
        }
        for (JsonNode element : data) {
            if (element.isArray()) {
                if (!flatten(element, elements)) {
                    return false;
                }
            } else if (elements.size() == MAX_ELEMENTS) {
                return false;
            } else {
                elements.add(element);
            }
        }
        return true;
    }

    /**
     * Returns the names of the requested outputs, all declared ones when none are requested.
     *
     * @param faults receives requested outputs that the model does not have
     */
    static Set<String> requested(List<InferenceOutput> sent, List<String> declared, List<FieldError> faults) {
        if (sent == null || sent.isEmpty()) {
            return Set.copyOf(declared);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            if (!declared.contains(sent.get(i).name())) {
                faults.add(new FieldError("outputs[" + i + "].name", "is not an output of the model"));
            }
            names.add(sent.get(i).name());
        }
        return names;
    }

    static InferenceTensor of(String name, Tensor tensor) {
        return new InferenceTensor(name, tensor.shape(), tensor.type().name(), tensor.elements());
    }

    /** Outputs as tensors: a value has the shape 1, a list of lists two dimensions. */
    static List<InferenceTensor> outputs(ObjectNode outputs, List<TensorView> declared) {
        List<InferenceTensor> tensors = new ArrayList<>();
        for (TensorView one : declared) {
            JsonNode value = outputs.path(one.name());
            ArrayNode data = JsonNodeFactory.instance.arrayNode();
            List<Long> shape;
            if (value.isArray()) {
                value.forEach(row -> row.forEach(data::add));
                shape = List.of((long) value.size(), value.isEmpty() ? 0L : data.size() / value.size());
            } else {
                data.add(value);
                shape = List.of(1L);
            }
            tensors.add(new InferenceTensor(one.name(), shape, one.datatype(), data));
        }
        return tensors;
    }
}
