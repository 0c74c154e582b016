package io.thespace.mirrorcore;

import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * The published OpenNLP models, loaded once, in the background, when the plugin starts. The English ones were trained
 * on the Universal Dependencies treebank EWT, the language detector supports 183 languages.
 */
@ApplicationScoped
class Models {

    private static final System.Logger LOG = System.getLogger(Models.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The loaded models; immutable and shared by all threads. */
    record Loaded(
            SentenceModel sentences, TokenizerModel tokens, POSModel partsOfSpeech, LanguageDetectorModel languages) {}

    @Resource
    private ManagedThreadFactory managed;

    private ThreadFactory threads;

    /** Null while the plugin is stopped. */
    private volatile FutureTask<Loaded> loading;

    Models() {}

    /** Outside of a container. */
    Models(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Begins to load. */
    void open() {
        FutureTask<Loaded> task = new FutureTask<>(Models::load);
        loading = task;
        (threads == null ? managed : threads).newThread(task).start();
    }

    /** Releases the models, or stops loading them. */
    void close() {
        FutureTask<Loaded> task = loading;
        loading = null;
        if (task != null) {
            task.cancel(true);
        }
    }

    /**
     * The models; waits a little where they are still being loaded.
     *
     * @throws Rejection {@code MODELS_NOT_LOADED}
     */
    Loaded get() {
        FutureTask<Loaded> task = loading;
        try {
            if (task != null) {
                return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | CancellationException e) {
            throw notLoaded("The language models are still being loaded; try again.");
        } catch (ExecutionException e) {
            throw notLoaded(
                    "The language models could not be loaded; an administrator sees why in the plugin's health.");
        }
        throw notLoaded("The language models are not loaded now; try again.");
    }

    private static Rejection notLoaded(String message) {
        return Rejection.later(MirrorError.MODELS_NOT_LOADED, message, Duration.ofSeconds(5));
    }

    /** Well while they are loaded or on their way. */
    Health health() {
        FutureTask<Loaded> task = loading;
        if (task == null) {
            return Health.failing("The language models are not loaded.");
        }
        if (!task.isDone()) {
            return Health.OK;
        }
        try {
            task.get();
            return Health.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.failing("The check was interrupted.");
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Health.failing("The language models could not be loaded: " + cause + ".");
        }
    }

    private static Loaded load() throws IOException {
        long start = System.nanoTime();
        Loaded loaded = new Loaded(
                read("/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin", SentenceModel::new),
                read("/opennlp-en-ud-ewt-tokens-1.3-2.5.4.bin", TokenizerModel::new),
                read("/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin", POSModel::new),
                read("/langdetect-183.bin", LanguageDetectorModel::new));
        LOG.log(
                System.Logger.Level.INFO,
                "Language models loaded in {0} ms",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return loaded;
    }

    /** Makes a model of a stream. */
    private interface Reader<M> {
        M read(InputStream in) throws IOException;
    }

    private static <M> M read(String file, Reader<M> reader) throws IOException {
        try (InputStream in = Models.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("there is no " + file.substring(1) + " on the class path");
            }
            return reader.read(in);
        }
    }
}
