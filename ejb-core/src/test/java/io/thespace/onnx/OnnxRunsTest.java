package io.thespace.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX models, by the real runtime. */
class OnnxRunsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 4_096;

    @TempDir
    Path folder;

    private final OnnxRuns runs = new OnnxRuns();
    private final AtomicInteger loads = new AtomicInteger();

    @BeforeEach
    void start() {
        runs.start(Executors.defaultThreadFactory(), MAX_BYTES);
    }

    @AfterEach
    void stop() {
        runs.stop();
    }

    private OnnxFile check(byte[] content) {
        try {
            Path file = Files.write(folder.resolve("model.onnx"), content);
            return runs.check(new Upload("model.onnx", file, Integer.toHexString(Arrays.hashCode(content))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Tensor tensor(TensorType type, List<Long> shape, String elements) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        Json.MAPPER.readTree(elements).forEach(all::add);
        return Tensor.of(type, shape, all);
    }

    private Map<String, Tensor> run(OnnxFile file, Map<String, Tensor> inputs, Duration limit) {
        return runs.run(
                file.sha256(),
                () -> {
                    loads.incrementAndGet();
                    return file.content();
                },
                inputs,
                limit);
    }

    private static String refused(ErrorCode code, Runnable call) {
        Rejection[] refusal = new Rejection[1];
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> refusal[0] = rejection);
        assertThat(refusal[0].code()).as("%s", refusal[0].getMessage()).isEqualTo(code);
        return refusal[0].getMessage();
    }

    @Test
    void aModelDeclaresWhatItTakes() {
        OnnxSignature signature = check(OnnxModels.linear()).signature();
        assertThat(signature.inputs()).containsExactly(new TensorSpec("x", TensorType.FP32, List.of(-1L, 2L)));
        assertThat(signature.outputs()).containsExactly(new TensorSpec("y", TensorType.FP32, List.of(-1L, 2L)));
        assertThat(check(OnnxModels.loop()).signature().inputs())
                .containsExactly(
                        new TensorSpec("n", TensorType.INT64, List.of()),
                        new TensorSpec("v", TensorType.FP32, List.of(1L)));
    }

    @Test
    void aModelComputes() throws IOException {
        OnnxFile linear = check(OnnxModels.linear());
        Tensor x = tensor(TensorType.FP32, List.of(2L, 2L), "[1, 0, 1, 1]");
        for (int i = 0; i < 3; i++) {
            Tensor y = run(linear, Map.of("x", x), LIMIT).get("y");
            assertThat(y.shape()).containsExactly(2L, 2L);
            assertThat(y.nested().toString()).isEqualTo("[[1.5,1.5],[4.5,5.5]]");
        }
        assertThat(loads).hasValue(1);

        OnnxFile loop = check(OnnxModels.loop());
        Tensor last = run(
                        loop,
                        Map.of(
                                "n",
                                tensor(TensorType.INT64, List.of(), "[1000]"),
                                "v",
                                tensor(TensorType.FP32, List.of(1L), "[0.5]")),
                        LIMIT)
                .get("last");
        assertThat(last.elements().toString()).isEqualTo("[1000.5]");

        OnnxFile texts = check(OnnxModels.texts());
        Tensor out = run(texts, Map.of("in", tensor(TensorType.BYTES, List.of(2L), "[\"a\", \"ü\"]")), LIMIT)
                .get("out");
        assertThat(out.nested().toString()).isEqualTo("[\"a\",\"ü\"]");
    }

    @Test
    void aRunEndsWithItsTime() throws IOException {
        OnnxFile loop = check(OnnxModels.loop());
        Map<String, Tensor> endless = Map.of(
                "n",
                tensor(TensorType.INT64, List.of(), "[9000000000000]"),
                "v",
                tensor(TensorType.FP32, List.of(1L), "[0]"));
        // More of them than there are threads: each gives its thread back.
        for (int i = 0; i <= OnnxRuns.MAX_RUNNING; i++) {
            assertThat(refused(OnnxError.RUN_TIMEOUT, () -> run(loop, endless, Duration.ofMillis(200))))
                    .contains("200 ms");
        }
        Map<String, Tensor> once = Map.of(
                "n", tensor(TensorType.INT64, List.of(), "[1]"), "v", tensor(TensorType.FP32, List.of(1L), "[0]"));
        assertThat(run(loop, once, LIMIT).get("last").elements().toString()).isEqualTo("[1.0]");
    }

    @Test
    void filesThatAreNotRunAreRefused() {
        assertThat(refused(OnnxError.MODEL_FILE_INVALID, () -> check("<html>".getBytes(StandardCharsets.UTF_8))))
                .contains("not an ONNX model");
        assertThat(refused(OnnxError.MODEL_FILE_INVALID, () -> check(new byte[0])))
                .contains("no graph");
        assertThat(refused(OnnxError.MODEL_FILE_INVALID, () -> check(OnnxModels.external())))
                .contains("other files");
        assertThat(refused(OnnxError.MODEL_FILE_INVALID, () -> check(OnnxModels.custom())))
                .contains("Frobnicate", "org.example");
        byte[] linear = OnnxModels.linear();
        assertThat(refused(OnnxError.MODEL_FILE_INVALID, () -> check(Arrays.copyOf(linear, linear.length - 7))))
                .contains("damaged");
        assertThat(refused(OnnxError.MODEL_FILE_TOO_LARGE, () -> check(new byte[MAX_BYTES + 1])))
                .contains("SPACE_ONNX_BYTES");
    }

    @Test
    void everyDamagedFileIsRefusedOrLoads() {
        byte[] linear = OnnxModels.linear();
        for (int at = 0; at < linear.length; at++) {
            byte[] damaged = linear.clone();
            damaged[at] ^= 0x55;
            try {
                check(damaged);
            } catch (Rejection e) {
                assertThat(e.code()).as("byte %d", at).isEqualTo(OnnxError.MODEL_FILE_INVALID);
            }
        }
    }

    @Test
    void whatTheModelFailsOnIsRefused() throws IOException {
        OnnxFile linear = check(OnnxModels.linear());
        Tensor three = tensor(TensorType.FP32, List.of(1L, 3L), "[1, 2, 3]");
        assertThat(refused(OnnxError.RUN_FAILED, () -> run(linear, Map.of("x", three), LIMIT)))
                .contains("invalid argument");
        OnnxFile large = check(OnnxModels.large());
        Tensor most = tensor(TensorType.INT64, List.of(1L), "[1000001]");
        assertThat(refused(OnnxError.OUTPUT_TOO_LARGE, () -> run(large, Map.of("n", most), LIMIT)))
                .contains("1000000");
    }

    @Test
    void filesThatAreNotUsedAreClosed() throws IOException {
        OnnxFile linear = check(OnnxModels.linear());
        Map<String, Tensor> x = Map.of("x", tensor(TensorType.FP32, List.of(1L, 2L), "[1, 0]"));
        run(linear, x, LIMIT);
        runs.keep(Set.of("another"));
        run(linear, x, LIMIT);
        assertThat(loads).hasValue(2);
        runs.keep(Set.of(linear.sha256()));
        run(linear, x, LIMIT);
        assertThat(loads).hasValue(2);

        // Files of more bytes than may stay loaded: the first gives way.
        OnnxSessions sessions = new OnnxSessions(OnnxModels.loop().length);
        OnnxFile loop = check(OnnxModels.loop());
        sessions.with("a", linear::content, OnnxSession::signature);
        sessions.with("b", loop::content, OnnxSession::signature);
        assertThat(sessions.size()).isEqualTo(1);
        sessions.close();
        assertThat(sessions.size()).isZero();
    }

    @Test
    void noMoreRunAndWaitThanMay() throws Exception {
        CountDownLatch begun = new CountDownLatch(OnnxRuns.MAX_RUNNING);
        CountDownLatch goOn = new CountDownLatch(1);
        List<CompletableFuture<Map<String, Tensor>>> waiting = new ArrayList<>();
        OnnxFile linear = check(OnnxModels.linear());
        Map<String, Tensor> x = Map.of("x", tensor(TensorType.FP32, List.of(1L, 2L), "[1, 0]"));
        var callers = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < OnnxRuns.MAX_RUNNING; i++) {
                String own = "own-" + i;
                waiting.add(CompletableFuture.supplyAsync(
                        () -> runs.run(
                                own,
                                () -> {
                                    begun.countDown();
                                    await(goOn);
                                    return linear.content();
                                },
                                x,
                                LIMIT),
                        callers));
            }
            await(begun);
            Set<ErrorCode> refusals = new CopyOnWriteArraySet<>();
            for (int i = 0; i < OnnxRuns.MAX_WAITING; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> run(linear, x, LIMIT), callers));
            }
            // The queue fills as the callers come.
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!refusals.contains(OnnxError.RUNS_FULL) && System.nanoTime() < end) {
                try {
                    run(linear, x, Duration.ofMillis(1));
                } catch (Rejection e) {
                    refusals.add(e.code());
                }
            }
            assertThat(refusals).contains(OnnxError.RUNS_FULL);
        } finally {
            goOn.countDown();
            callers.shutdown();
        }
        assertThat(waiting.stream().filter(one -> succeeds(one)).count()).isGreaterThanOrEqualTo(OnnxRuns.MAX_RUNNING);
    }

    private static boolean succeeds(CompletableFuture<?> one) {
        try {
            one.join();
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNodeMayRunNone() {
        OnnxRuns none = new OnnxRuns();
        none.start(Executors.defaultThreadFactory(), 0);
        try {
            assertThat(refused(OnnxError.ONNX_UNAVAILABLE, () -> none.run("a", OnnxModels::linear, Map.of(), LIMIT)))
                    .contains("SPACE_ONNX_BYTES");
        } finally {
            none.stop();
        }
    }
}
