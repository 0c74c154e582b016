package io.thespace.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Elements with a type and a shape, row by row. Immutable. */
public final class Tensor {

    private final TensorType type;
    private final List<Long> shape;
    private final ByteBuffer data;
    private final List<String> texts;

    private Tensor(TensorType type, List<Long> shape, ByteBuffer data, List<String> texts) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data;
        this.texts = texts;
    }

    /**
     * Creates a tensor from JSON values.
     *
     * @param elements that conform to the type, as many as the shape requires
     */
    public static Tensor of(TensorType type, List<Long> shape, List<JsonNode> elements) {
        if (type == TensorType.BYTES) {
            return texts(shape, elements.stream().map(JsonNode::asText).toList());
        }
        ByteBuffer data = ByteBuffer.allocateDirect(elements.size() * type.runtimeType().size)
                .order(ByteOrder.nativeOrder());
        elements.forEach(element -> type.write(data, element));
        return new Tensor(type, shape, data.flip(), null);
    }

    static Tensor texts(List<Long> shape, List<String> texts) {
        return new Tensor(TensorType.BYTES, shape, null, List.copyOf(texts));
    }

    /** @param data in the order of bytes of this machine */
    static Tensor raw(TensorType type, List<Long> shape, ByteBuffer data) {
        return new Tensor(type, shape, data, null);
    }

    public TensorType type() {
        return type;
    }

    /** The sizes of its dimensions; empty for a single value. */
    public List<Long> shape() {
        return shape;
    }

    /** The elements; of texts {@link #texts}. */
    ByteBuffer data() {
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    List<String> texts() {
        return texts;
    }

    /** The elements in one list. */
    public ArrayNode elements() {
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        if (texts != null) {
            texts.forEach(elements::add);
            return elements;
        }
        ByteBuffer left = data();
        while (left.hasRemaining()) {
            elements.add(type.read(left));
        }
        return elements;
    }

    /** The elements in lists of lists, by the shape. */
    public JsonNode nested() {
        JsonNode nested = elements();
        for (int dimension = shape.size() - 1; dimension > 0; dimension--) {
            int size = Math.toIntExact(shape.get(dimension));
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            ArrayNode row = null;
            for (JsonNode element : nested) {
                if (row == null || row.size() == size) {
                    row = rows.addArray();
                }
                row.add(element);
            }
            nested = rows;
        }
        return shape.isEmpty() ? nested.path(0) : nested;
    }
}
