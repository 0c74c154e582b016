package io.thespace.onnx;

import ai.onnxruntime.OnnxJavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** A type of elements, by its name in the Open Inference Protocol (version 2). */
public enum TensorType {
    BOOL(OnnxJavaType.BOOL, "true or false"),
    UINT8(OnnxJavaType.UINT8, "a whole number from 0 to 255"),
    INT8(OnnxJavaType.INT8, "a whole number from -128 to 127"),
    INT16(OnnxJavaType.INT16, "a whole number from -32768 to 32767"),
    INT32(OnnxJavaType.INT32, "a whole number of 32 bits"),
    INT64(OnnxJavaType.INT64, "a whole number of 64 bits"),
    FP32(OnnxJavaType.FLOAT, "a number that 32 bits can hold"),
    FP64(OnnxJavaType.DOUBLE, "a number"),
    /** Texts, which are not in a buffer. */
    BYTES(OnnxJavaType.STRING, "a text of at most 100000 characters");

    private static final int MAX_TEXT = 100_000;

    private final OnnxJavaType runtimeType;
    private final String words;

    TensorType(OnnxJavaType runtimeType, String words) {
        this.runtimeType = runtimeType;
        this.words = words;
    }

    /** JSON has no number for those that are none or infinite: they are texts, as in the JSON form of Protocol Buffers. */
    private static JsonNode real(double value) {
        return Double.isFinite(value)
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.textNode(Double.toString(value));
    }

    private static JsonNode real(float value) {
        return Float.isFinite(value)
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.textNode(Float.toString(value));
    }

    static Optional<TensorType> of(OnnxJavaType type) {
        return Stream.of(values()).filter(one -> one.runtimeType == type).findFirst();
    }

    OnnxJavaType runtimeType() {
        return runtimeType;
    }

    /** Returns the description of an element in error messages. */
    public String words() {
        return words;
    }

    /** Whether a JSON value can be an element. */
    public boolean takes(JsonNode element) {
        return switch (this) {
            case BOOL -> element.isBoolean();
            case BYTES -> element.isTextual() && element.asText().length() <= MAX_TEXT;
            case FP32 -> element.isNumber() && Float.isFinite(element.floatValue());
            case FP64 -> element.isNumber() && Double.isFinite(element.doubleValue());
            case UINT8 -> whole(element, 0, 255);
            case INT8 -> whole(element, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT16 -> whole(element, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT32 -> whole(element, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> whole(element, Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    private static boolean whole(JsonNode element, long least, long most) {
        if (!element.isNumber() || !element.canConvertToExactIntegral()) {
            return false;
        }
        BigDecimal value = element.decimalValue();
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** Appends an element that it takes. */
    void write(ByteBuffer data, JsonNode element) {
        switch (this) {
            case BOOL -> data.put((byte) (element.asBoolean() ? 1 : 0));
            case UINT8, INT8 -> data.put((byte) element.asInt());
            case INT16 -> data.putShort((short) element.asInt());
            case INT32 -> data.putInt(element.asInt());
            case INT64 -> data.putLong(element.asLong());
            case FP32 -> data.putFloat(element.floatValue());
            case FP64 -> data.putDouble(element.doubleValue());
            case BYTES -> throw new IllegalArgumentException("Texts are not in a buffer");
        }
    }

    /** The next element. */
    JsonNode read(ByteBuffer data) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (this) {
            case BOOL -> nodes.booleanNode(data.get() != 0);
            case UINT8 -> nodes.numberNode(Byte.toUnsignedInt(data.get()));
            case INT8 -> nodes.numberNode(data.get());
            case INT16 -> nodes.numberNode(data.getShort());
            case INT32 -> nodes.numberNode(data.getInt());
            case INT64 -> nodes.numberNode(data.getLong());
            case FP32 -> real(data.getFloat());
            case FP64 -> real(data.getDouble());
            case BYTES -> throw new IllegalArgumentException("Texts are not in a buffer");
        };
    }
}
