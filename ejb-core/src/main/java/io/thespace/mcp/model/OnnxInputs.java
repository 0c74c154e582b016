package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.onnx.Tensor;
import io.thespace.onnx.TensorSpec;
import io.thespace.plugin.api.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the inputs of an ONNX model, and names each that is not as the model declares it. */
final class OnnxInputs {

    private final List<TensorSpec> declared;
    private final List<FieldError> faults;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();

    /** @param faults receives what is wrong */
    private OnnxInputs(List<TensorSpec> declared, List<FieldError> faults) {
        this.declared = declared;
        this.faults = faults;
    }

    /** Reads JSON by name: a value, or lists of lists, whose sizes are the shape. */
    static Map<String, Tensor> named(ObjectNode sent, List<TensorSpec> declared, List<FieldError> faults) {
        OnnxInputs reading = new OnnxInputs(declared, faults);
        for (Map.Entry<String, JsonNode> one : sent.properties()) {
            String field = "inputs." + one.getKey();
            Optional<TensorSpec> known = reading.known(one.getKey());
            if (known.isEmpty()) {
                faults.add(new FieldError(field, "is not an input of the model"));
                continue;
            }
            List<Long> shape = new ArrayList<>();
            JsonNode first = one.getValue();
            for (; first.isArray(); first = first.path(0)) {
                shape.add((long) first.size());
            }
            // A single value where the model wants a list of one.
            if (shape.isEmpty() && known.get().shape().size() == 1) {
                shape.add(1L);
            }
            List<JsonNode> elements = new ArrayList<>();
            if (even(one.getValue(), shape, one.getValue().isArray() ? 0 : shape.size())
                    && Tensors.flatten(one.getValue(), elements)) {
                reading.add(field, field, known.get(), shape, elements);
            } else {
                faults.add(new FieldError(
                        field,
                        "must be lists of the same length at each depth, with at most %d elements"
                                .formatted(Tensors.MAX_ELEMENTS)));
            }
        }
        reading.missing("inputs.");
        return reading.inputs;
    }

    /** Whether all lists at a depth are as long as the first of them. */
    private static boolean even(JsonNode value, List<Long> shape, int depth) {
        if (depth == shape.size()) {
            return !value.isArray();
        }
        if (!value.isArray() || value.size() != shape.get(depth)) {
            return false;
        }
        for (JsonNode one : value) {
            if (!even(one, shape, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Reads tensors of the Open Inference Protocol. */
    static Map<String, Tensor> tensors(List<InferenceInput> sent, List<TensorSpec> declared, List<FieldError> faults) {
        OnnxInputs reading = new OnnxInputs(declared, faults);
        for (int i = 0; i < sent.size(); i++) {
            InferenceInput tensor = sent.get(i);
            String field = "inputs[" + i + "]";
            Optional<TensorSpec> known = reading.known(tensor.name());
            List<JsonNode> elements = new ArrayList<>();
            if (known.isEmpty()) {
                faults.add(new FieldError(field + ".name", "is not an input of the model"));
            } else if (reading.inputs.containsKey(tensor.name())) {
                faults.add(new FieldError(field + ".name", "is the name of another input"));
            } else if (!known.get().datatype().name().equals(tensor.datatype())) {
                faults.add(new FieldError(
                        field + ".datatype", "must be " + known.get().datatype()));
            } else if (!Tensors.flatten(tensor.data(), elements) || elements.size() != Tensors.count(tensor.shape())) {
                faults.add(new FieldError(
                        field + ".data",
                        "must have as many elements as the shape says, at most %d".formatted(Tensors.MAX_ELEMENTS)));
            } else {
                reading.add(field + ".shape", field + ".data", known.get(), tensor.shape(), elements);
            }
        }
        reading.missing("inputs.");
        return reading.inputs;
    }

    private Optional<TensorSpec> known(String name) {
        return declared.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private void add(String shapeField, String dataField, TensorSpec spec, List<Long> shape, List<JsonNode> elements) {
        if (elements.isEmpty() || !fits(shape, spec.shape())) {
            faults.add(new FieldError(
                    shapeField,
                    "has the shape %s, and must have %s, where -1 is any size from 1"
                            .formatted(shape, spec.shape().isEmpty() ? "at least one element" : spec.shape())));
            return;
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!spec.datatype().takes(elements.get(i))) {
                faults.add(new FieldError(
                        dataField,
                        "has an element at %d that is not %s"
                                .formatted(i, spec.datatype().words())));
                return;
            }
        }
        inputs.put(spec.name(), Tensor.of(spec.datatype(), shape, elements));
    }

    /** A model without declared shapes either omits them, or takes scalars. */
    private static boolean fits(List<Long> shape, List<Long> declared) {
        if (declared.isEmpty()) {
            return true;
        }
        if (shape.size() != declared.size()) {
            return false;
        }
        for (int i = 0; i < shape.size(); i++) {
            if (declared.get(i) >= 0 && !declared.get(i).equals(shape.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Reports missing inputs; inputs that were sent but are invalid have been reported already. */
    private void missing(String prefix) {
        if (faults.isEmpty()) {
            declared.stream()
                    .filter(one -> !inputs.containsKey(one.name()))
                    .forEach(one -> faults.add(new FieldError(prefix + one.name(), "is missing")));
        }
    }
}
