package io.thespace.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Rejects unsafe ONNX files (onnx.proto3, a message of Protocol Buffers) before ONNX Runtime reads them: tensors with
 * external data, which the runtime would read from the node's disk, and operators that the runtime does not include.
 */
final class OnnxFormat {

    /** Domains whose operators the runtime brings; the empty one is {@code ai.onnx}. */
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

    /** The maximum nesting of graphs in attributes of nodes. */
    private static final int MAX_DEPTH = 64;

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;

    /** A kind of message. */
    private enum Message {
        MODEL,
        TRAINING,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        FUNCTION,
        TENSOR;

        /** The message type of a field, if it is relevant; null otherwise. */
        Message member(int field) {
            return switch (this) {
                case MODEL -> field == 7 ? GRAPH : field == 20 ? TRAINING : field == 25 ? FUNCTION : null;
                case TRAINING -> field == 1 || field == 2 ? GRAPH : null;
                case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : field == 15 ? SPARSE_TENSOR : null;
                case NODE -> field == 5 ? ATTRIBUTE : null;
                case ATTRIBUTE ->
                    switch (field) {
                        case 5, 10 -> TENSOR;
                        case 6, 11 -> GRAPH;
                        case 22, 23 -> SPARSE_TENSOR;
                        default -> null;
                    };
                case SPARSE_TENSOR -> field == 1 || field == 2 ? TENSOR : null;
                case FUNCTION -> field == 7 ? NODE : field == 11 ? ATTRIBUTE : null;
                case TENSOR -> null;
            };
        }
    }

    /** An operator, or a function that a file defines. */
    private record Operator(String domain, String name) {}

    private final Set<Operator> used = new LinkedHashSet<>();
    private final Set<Operator> defined = new HashSet<>();
    private boolean hasGraph;

    private OnnxFormat() {}

    /**
     * Checks a file.
     *
     * @throws Rejection {@code MODEL_FILE_INVALID}
     */
    static void check(byte[] content) {
        OnnxFormat format = new OnnxFormat();
        try {
            CodedInputStream in = CodedInputStream.newInstance(content);
            in.setRecursionLimit(MAX_DEPTH);
            format.read(in, Message.MODEL, 0);
        } catch (IOException e) {
            throw invalid("The file is not an ONNX model, or is damaged. Export the model as ONNX.");
        }
        if (!format.hasGraph) {
            throw invalid("The file is not an ONNX model: it has no graph. Export the model as ONNX.");
        }
        for (Operator operator : format.used) {
            if (!DOMAINS.contains(operator.domain()) && !format.defined.contains(operator)) {
                throw invalid(
                        "The model uses the custom operator %s of %s. Export it with the operators of ai.onnx and ai.onnx.ml."
                                .formatted(operator.name(), operator.domain()));
            }
        }
    }

    private void read(CodedInputStream in, Message message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw invalid("The model's graphs are nested more than %d levels deep.".formatted(MAX_DEPTH));
        }
        String name = "";
        String domain = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            Message member = delimited ? message.member(field) : null;
            if (message == Message.TENSOR && (field == EXTERNAL_DATA || field == DATA_LOCATION)) {
                external(in, tag);
            } else if (member != null) {
                hasGraph |= message == Message.MODEL && member == Message.GRAPH;
                int before = in.pushLimit(in.readRawVarint32());
                read(in, member, depth + 1);
                in.checkLastTagWas(0);
                in.popLimit(before);
            } else if (delimited && field == nameField(message)) {
                name = in.readStringRequireUtf8();
            } else if (delimited && field == domainField(message)) {
                domain = in.readStringRequireUtf8();
            } else if (!in.skipField(tag)) {
                throw new IOException("A group ends that never began");
            }
        }
        if (message == Message.NODE) {
            used.add(new Operator(domain, name));
        } else if (message == Message.FUNCTION) {
            defined.add(new Operator(domain, name));
        }
    }

    private static int nameField(Message message) {
        return message == Message.NODE ? 4 : message == Message.FUNCTION ? 1 : -1;
    }

    private static int domainField(Message message) {
        return message == Message.NODE ? 7 : message == Message.FUNCTION ? 10 : -1;
    }

    /** The location 0 is the file itself. */
    private static void external(CodedInputStream in, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_VARINT || in.readRawVarint64() != 0) {
            throw invalid("The model has tensors whose data is in other files. Save it with all data in one file"
                    + " (onnx.save_model with save_as_external_data=False).");
        }
    }

    static Rejection invalid(String message) {
        return new Rejection(OnnxError.MODEL_FILE_INVALID, message);
    }
}
