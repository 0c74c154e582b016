package io.thespace.onnx;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Failures;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import io.thespace.worker.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Checks and runs ONNX models, on threads of their own while the caller's waits. */
@ApplicationScoped
public class OnnxRuns {

    /** The maximum of concurrent runs: half of the processors, and at least two. */
    static final int MAX_RUNNING = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

    static final int MAX_WAITING = 32;

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

    private int maxBytes;
    private volatile Workers workers;
    private volatile OnnxSessions sessions;

    /**
     * Starts the threads.
     *
     * @param threads creates managed threads of the server
     */
    public void start(ThreadFactory threads) {
        start(threads, Configuration.get().get(Key.ONNX_BYTES));
    }

    void start(ThreadFactory threads, int limitBytes) {
        maxBytes = limitBytes;
        sessions = new OnnxSessions(limitBytes);
        workers = new Workers("onnx", MAX_RUNNING, MAX_WAITING, threads);
    }

    /** Ends the threads and closes all models. */
    public void stop() {
        workers.close();
        sessions.close();
    }

    /**
     * Checks a file, and reads what it declares. It is not kept.
     *
     * @throws Rejection {@code ONNX_UNAVAILABLE}, {@code MODEL_FILE_TOO_LARGE}, {@code MODEL_FILE_INVALID}, {@code RUNS_FULL},
     *     {@code RUN_TIMEOUT}
     */
    public OnnxFile check(Upload upload) {
        allowed();
        byte[] content;
        try {
            if (Files.size(upload.file()) > maxBytes) {
                throw new Rejection(
                        OnnxError.MODEL_FILE_TOO_LARGE,
                        "The file may have %d bytes at the most; %s sets the limit."
                                .formatted(maxBytes, Key.ONNX_BYTES.name()));
            }
            content = Files.readAllBytes(upload.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OnnxFormat.check(content);
        OnnxSignature signature = within(
                CHECK_LIMIT,
                () -> {
                    try (OnnxSession session = OnnxSession.load(content)) {
                        return session.signature();
                    }
                },
                () -> {});
        return new OnnxFile(upload.sha256(), content, signature);
    }

    /**
     * Runs a model.
     *
     * @param sha256 of its file
     * @param content the file's, as {@link #check} passed it; called on another thread when the model is not loaded
     * @param inputs all that it declares, by name
     * @return its outputs, by name
     * @throws Rejection {@code ONNX_UNAVAILABLE}, {@code RUNS_FULL}, {@code RUN_TIMEOUT}, {@code RUN_FAILED}, {@code
     *     OUTPUT_TOO_LARGE}
     */
    public Map<String, Tensor> run(
            String sha256, Supplier<byte[]> content, Map<String, Tensor> inputs, Duration limit) {
        allowed();
        OnnxRun run = new OnnxRun();
        return within(limit, () -> sessions.with(sha256, content, session -> session.run(inputs, run)), run::terminate);
    }

    /** Closes the models of all other files. */
    public void keep(Set<String> sha256s) {
        sessions.keep(sha256s);
    }

    private void allowed() {
        if (maxBytes == 0) {
            throw new Rejection(
                    OnnxError.ONNX_UNAVAILABLE,
                    "ONNX models are switched off on this node. An operator can allow them: %s."
                            .formatted(Key.ONNX_BYTES.name()));
        }
    }

    private <T> T within(Duration limit, Supplier<T> work, Runnable late) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            workers.execute(() -> {
                // The caller of a run that was late before it began no longer waits.
                if (!result.isDone()) {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            throw Rejection.later(
                    OnnxError.RUNS_FULL,
                    "As many predictions of ONNX models run and wait on this node as may. Try again in a moment.",
                    Duration.ofSeconds(1));
        }
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.rejection(e.getCause());
        } catch (TimeoutException e) {
            late.run();
            result.cancel(false);
            throw new Rejection(
                    OnnxError.RUN_TIMEOUT,
                    "The model did not finish within %d ms. Send less in one call, or ask an administrator for a higher total_millis."
                            .formatted(limit.toMillis()));
        } catch (InterruptedException e) {
            late.run();
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw Rejection.later(OnnxError.RUNS_FULL, "The node is stopping. Try again.", Duration.ofSeconds(2));
        }
    }
}
