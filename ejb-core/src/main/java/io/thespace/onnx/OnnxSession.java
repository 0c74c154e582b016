package io.thespace.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** A model that ONNX Runtime has loaded. Any number of threads may run it at once. */
final class OnnxSession implements AutoCloseable {

    private static final Log LOG = Log.of(OnnxSession.class);

    /** The maximum of elements of all outputs of a run together. */
    static final int MAX_ELEMENTS = 1_000_000;

    static final int MAX_CHARACTERS = 4_000_000;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxSignature signature;

    private OnnxSession(OrtEnvironment environment, OrtSession session, OnnxSignature signature) {
        this.environment = environment;
        this.session = session;
        this.signature = signature;
    }

    /**
     * Loads a file that {@link OnnxFormat} passed.
     *
     * @throws Rejection {@code ONNX_UNAVAILABLE}, {@code MODEL_FILE_INVALID}
     */
    static OnnxSession load(byte[] content) {
        OrtEnvironment environment = environment();
        OrtSession session = null;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            // An arena would keep the memory of the largest run.
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            // The runtime's own format would not have passed the checks.
            options.addConfigEntry("session.load_model_format", "ONNX");
            session = environment.createSession(content, options);
            return new OnnxSession(
                    environment,
                    session,
                    new OnnxSignature(
                            specs("input", session.getInputInfo()), specs("output", session.getOutputInfo())));
        } catch (OrtException e) {
            close(session);
            LOG.warning("An ONNX model does not load", "cause", String.valueOf(e.getMessage()));
            throw OnnxFormat.invalid(
                    "ONNX Runtime does not load the model: %s. The log has the details.".formatted(words(e)));
        } catch (Rejection e) {
            close(session);
            throw e;
        }
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "the-space");
        } catch (LinkageError | IllegalStateException e) {
            LOG.error("ONNX Runtime's native library does not load", e);
            throw new Rejection(
                    OnnxError.ONNX_UNAVAILABLE,
                    "ONNX Runtime does not load on this node (%s, %s). It has native libraries for Linux with glibc 2.28 or later on x86-64 and ARM64, and for macOS on ARM64; java.io.tmpdir must allow executable files."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
    }

    private static List<TensorSpec> specs(String what, Map<String, NodeInfo> nodes) {
        List<TensorSpec> specs = new ArrayList<>();
        nodes.forEach((name, node) -> {
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw OnnxFormat.invalid(
                        "The %s %s is not a tensor, but a sequence, a map or optional. Export the model with tensors only (scikit-learn: zipmap=False)."
                                .formatted(what, name));
            }
            TensorType type = TensorType.of(info.type)
                    .orElseThrow(() -> OnnxFormat.invalid(
                            "The %s %s has elements of the type %s, which are not carried. Convert it to FLOAT in the model."
                                    .formatted(
                                            what,
                                            name,
                                            info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", ""))));
            specs.add(new TensorSpec(
                    name, type, LongStream.of(info.getShape()).boxed().toList()));
        });
        return specs;
    }

    OnnxSignature signature() {
        return signature;
    }

    /**
     * Runs the model, on this thread.
     *
     * @param inputs by name, as many as it declares
     * @throws Rejection {@code RUN_FAILED}, {@code OUTPUT_TOO_LARGE}
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, OnnxRun run) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), given(input.getValue()));
            }
            try (OrtSession.Result result = session.run(given, run.begin())) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                Room room = new Room();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), taken((OnnxTensor) output.getValue(), room));
                }
                return outputs;
            }
        } catch (OrtException e) {
            LOG.info("A run of an ONNX model failed", "cause", String.valueOf(e.getMessage()));
            throw new Rejection(
                    OnnxError.RUN_FAILED,
                    "The model failed on these inputs: %s. Check that their shapes fit one another."
                            .formatted(words(e)));
        } finally {
            run.end();
            given.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor given(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return tensor.type() == TensorType.BYTES
                ? OnnxTensor.createTensor(environment, tensor.texts().toArray(String[]::new), shape)
                : OnnxTensor.createTensor(
                        environment, tensor.data(), shape, tensor.type().runtimeType());
    }

    /** The remaining elements for a run's outputs. */
    private static final class Room {

        private long elements = MAX_ELEMENTS;
        private long characters = MAX_CHARACTERS;

        void take(long moreElements, long moreCharacters) {
            elements -= moreElements;
            characters -= moreCharacters;
            if (elements < 0 || characters < 0) {
                throw new Rejection(
                        OnnxError.OUTPUT_TOO_LARGE,
                        "The outputs have more than %d elements or %d characters. Send less in one call."
                                .formatted(MAX_ELEMENTS, MAX_CHARACTERS));
            }
        }
    }

    private static Tensor taken(OnnxTensor tensor, Room room) throws OrtException {
        TensorInfo info = tensor.getInfo();
        List<Long> shape = LongStream.of(info.getShape()).boxed().toList();
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        room.take(elements, 0);
        TensorType type = TensorType.of(info.type).orElseThrow();
        if (type == TensorType.BYTES) {
            List<String> texts = new ArrayList<>();
            flatten(tensor.getValue(), texts);
            room.take(0, texts.stream().mapToLong(String::length).sum());
            return Tensor.texts(shape, texts);
        }
        ByteBuffer copy =
                ByteBuffer.allocate(Math.toIntExact(elements * info.type.size)).order(ByteOrder.nativeOrder());
        if (elements > 0) {
            copy.put(tensor.getByteBuffer());
        }
        return Tensor.raw(type, shape, copy.flip());
    }

    private static void flatten(Object value, List<String> texts) {
        if (value instanceof Object[] values) {
            for (Object one : values) {
                flatten(one, texts);
            }
        } else {
            texts.add((String) value);
        }
    }

    /** The runtime's own messages name its sources. */
    private static String words(OrtException e) {
        return e.getCode().name().toLowerCase(Locale.ROOT).replace("ort_", "").replace('_', ' ');
    }

    @Override
    public void close() {
        close(session);
    }

    private static void close(OrtSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            LOG.warning("An ONNX model does not close", "cause", String.valueOf(e.getMessage()));
        }
    }
}
