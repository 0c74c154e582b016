package io.thespace.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The models of the tests, encoded by hand (onnx.proto3). They are resources, too, which the system tests upload;
 * {@code OnnxModelsTest} compares the two, and writes the resources with {@code -Dspace.snapshot.write=true}.
 */
final class OnnxModels {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int STRING = 8;
    private static final int BOOL = 9;

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    /** All of them, by the name of their resource. */
    static final Map<String, Supplier<byte[]>> ALL = Map.of(
            "linear.onnx", OnnxModels::linear,
            "loop.onnx", OnnxModels::loop,
            "texts.onnx", OnnxModels::texts,
            "external.onnx", OnnxModels::external,
            "custom.onnx", OnnxModels::custom,
            "large.onnx", OnnxModels::large);

    private OnnxModels() {}

    static byte[] resource(String name) {
        try (InputStream in = OnnxModels.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code y = x · [[1, 2], [3, 4]] + [0.5, -0.5]} of any number of rows. */
    static byte[] linear() {
        Message graph = new Message()
                .put(1, node("MatMul", "", List.of("x", "w"), List.of("xw")))
                .put(1, node("Add", "", List.of("xw", "b"), List.of("y")))
                .put(2, "linear")
                .put(5, tensor("w", List.of(2, 2), 1, 2, 3, 4))
                .put(5, tensor("b", List.of(2), 0.5f, -0.5f))
                .put(11, value("x", FLOAT, -1, 2))
                .put(12, value("y", FLOAT, -1, 2));
        return model(graph, "");
    }

    /** Counts from {@code v} by one, {@code n} times. */
    static byte[] loop() {
        Message body = new Message()
                .put(1, node("Identity", "", List.of("going"), List.of("go_on")))
                .put(1, node("Add", "", List.of("before", "one"), List.of("after")))
                .put(2, "body")
                .put(5, tensor("one", List.of(1), 1))
                .put(11, value("i", INT64))
                .put(11, value("going", BOOL))
                .put(11, value("before", FLOAT, 1))
                .put(12, value("go_on", BOOL))
                .put(12, value("after", FLOAT, 1));
        Message attribute = new Message().put(1, "body").put(6, body).put(20, 5);
        Message graph = new Message()
                .put(1, node("Loop", "", List.of("n", "", "v"), List.of("last")).put(5, attribute))
                .put(2, "loop")
                .put(11, value("n", INT64))
                .put(11, value("v", FLOAT, 1))
                .put(12, value("last", FLOAT, 1));
        return model(graph, "");
    }

    /** Answers with the texts that it takes. */
    static byte[] texts() {
        Message graph = new Message()
                .put(1, node("Identity", "", List.of("in"), List.of("out")))
                .put(2, "texts")
                .put(11, value("in", STRING, -1))
                .put(12, value("out", STRING, -1));
        return model(graph, "");
    }

    /** Has a tensor's data in another file. */
    static byte[] external() {
        Message weights = new Message()
                .put(1, 2)
                .put(2, FLOAT)
                .put(8, "b")
                .put(13, new Message().put(1, "location").put(2, "../../etc/passwd"))
                .put(14, 1);
        Message graph = new Message()
                .put(1, node("Add", "", List.of("x", "b"), List.of("y")))
                .put(2, "external")
                .put(5, weights)
                .put(11, value("x", FLOAT, 2))
                .put(12, value("y", FLOAT, 2));
        return model(graph, "");
    }

    /** Uses an operator that ONNX Runtime does not bring. */
    static byte[] custom() {
        Message graph = new Message()
                .put(1, node("Frobnicate", "org.example", List.of("x"), List.of("y")))
                .put(2, "custom")
                .put(11, value("x", FLOAT, 2))
                .put(12, value("y", FLOAT, 2));
        return model(graph, "org.example");
    }

    /** Answers with as many zeros as {@code n} says. */
    static byte[] large() {
        Message graph = new Message()
                .put(1, node("ConstantOfShape", "", List.of("n"), List.of("zeros")))
                .put(2, "large")
                .put(11, value("n", INT64, 1))
                .put(12, value("zeros", FLOAT, -1));
        return model(graph, "");
    }

    private static byte[] model(Message graph, String moreDomain) {
        Message model = new Message()
                .put(1, IR_VERSION)
                .put(2, "the-space-tests")
                .put(7, graph)
                .put(8, new Message().put(1, "").put(2, OPSET));
        return (moreDomain.isEmpty()
                        ? model
                        : model.put(8, new Message().put(1, moreDomain).put(2, 1)))
                .bytes();
    }

    private static Message node(String operator, String domain, List<String> inputs, List<String> outputs) {
        Message node = new Message();
        inputs.forEach(input -> node.put(1, input));
        outputs.forEach(output -> node.put(2, output));
        node.put(4, operator);
        return domain.isEmpty() ? node : node.put(7, domain);
    }

    private static Message tensor(String name, List<Integer> dimensions, float... elements) {
        ByteBuffer raw = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : elements) {
            raw.putFloat(element);
        }
        Message tensor = new Message();
        dimensions.forEach(dimension -> tensor.put(1, dimension));
        return tensor.put(2, FLOAT).put(8, name).put(9, raw.array());
    }

    /** @param dimensions -1 for any, which is named */
    private static Message value(String name, int elementType, int... dimensions) {
        Message shape = new Message();
        for (int dimension : dimensions) {
            shape.put(1, dimension < 0 ? new Message().put(2, "rows") : new Message().put(1, dimension));
        }
        Message tensorType = new Message().put(1, elementType).put(2, shape);
        return new Message().put(1, name).put(2, new Message().put(1, tensorType));
    }

    /** A message of Protocol Buffers that is being written. */
    private static final class Message {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message put(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message put(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message put(int field, String value) {
            return put(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message put(int field, Message value) {
            return put(field, value.bytes());
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7FL) != 0) {
                out.write((int) ((left & 0x7F) | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
