package io.thespace.memory;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.memory.EmbeddingQueue.Due;
import io.thespace.memory.EmbeddingQueue.Text;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Embeddings of memories and queries, if a model is configured. Memories are embedded after their commit, by any node;
 * until then they are found by full text only. Memories are embedded after their commit, by whichever node gets to it;
 * what is not embedded yet is found by its words.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Embeddings {

    private static final Log LOG = Log.of(Embeddings.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Batches run in the background. */
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(30);

    /** The maximum of batches per run, so that a shutdown waits for about one batch only. */
    private static final int BATCHES = 20;

    @Inject
    private Migrations migrations;

    @Inject
    private EmbeddingQueue queue;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ManagedThreadFactory threads;

    private Embedder embedder;
    private Duration limit;
    private volatile String problem;
    private volatile boolean ready;
    private volatile boolean stopping;
    private ScheduledFuture<?> regular;

    /**
     * A query as a vector.
     *
     * @param vector in pgvector's format; null when there is none
     * @param reason why there is none; null when there is one, or no model is configured
     */
    public record Sought(String vector, String reason) {}

    @PostConstruct
    void start() {
        Configuration configuration = Configuration.get();
        if (configuration.find(Key.EMBEDDINGS_URL).isEmpty()) {
            return;
        }
        try {
            open(configuration, migrations, threads);
        } catch (IllegalStateException e) {
            LOG.error("Memory search runs without embeddings", e);
            return;
        }
        regular = scheduler.scheduleWithFixedDelay(
                () -> look(queue), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Prepares the database for the configured model; on failure, {@link #problem} reports it from then on. */
    void open(Configuration configuration, Migrations database, ThreadFactory workers) {
        String model = configuration.get(Key.EMBEDDINGS_MODEL);
        int dimensions = configuration.get(Key.EMBEDDINGS_DIMENSIONS);
        limit = Duration.ofMillis(configuration.get(Key.EMBEDDINGS_TIMEOUT_MILLIS));
        embedder = new Embedder(
                configuration.get(Key.EMBEDDINGS_URL),
                model,
                configuration.find(Key.EMBEDDINGS_KEY).orElse(null),
                dimensions,
                workers);
        try {
            database.migrateOption("embeddings", Map.of("model", model, "dimensions", String.valueOf(dimensions)));
            ready = true;
        } catch (IllegalStateException e) {
            problem = "The database has no pgvector that could be used.";
            throw e;
        }
    }

    /** Whether a model is configured. */
    public boolean configured() {
        return embedder != null;
    }

    /** Returns why semantic search is unavailable although a model is configured; empty when none is known. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns the embedding of a query; waits at most for the configured time. */
    public Sought seek(String query) {
        if (embedder == null) {
            return new Sought(null, null);
        }
        if (!ready) {
            return new Sought(null, problem);
        }
        try {
            return embedder.embed(List.of(query), limit)
                    .map(vectors -> new Sought(vectors.get(0).toString(), null))
                    .orElseGet(() -> new Sought(null, "The embeddings endpoint refuses this query."));
        } catch (IOException e) {
            return new Sought(null, e.getMessage());
        }
    }

    /** Embeds what waits, batch by batch. */
    void look(EmbeddingQueue waiting) {
        try {
            for (int batch = 0; batch < BATCHES && !stopping && !embedder.resting(); batch++) {
                List<Due> due = waiting.claim(Embedder.BATCH);
                Map<UUID, List<UUID>> byOrganization = due.stream()
                        .collect(Collectors.groupingBy(
                                Due::orgId, Collectors.mapping(Due::memoryId, Collectors.toList())));
                for (Map.Entry<UUID, List<UUID>> one : byOrganization.entrySet()) {
                    embed(waiting, Actor.platform(one.getKey(), "memory-embeddings"), one.getValue());
                }
                if (due.size() < Embedder.BATCH) {
                    break;
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            // The next look tries others, and these again when they are due. A schedule that throws is not run again.
            if (problem == null) {
                LOG.warning("Memories are not embedded for now", "cause", e);
            }
            problem = e instanceof IOException ? e.getMessage() : "Memories could not be embedded; the log says why.";
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void embed(EmbeddingQueue waiting, Actor actor, List<UUID> ids) throws IOException {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            List<Text> texts = waiting.texts(actor, ids);
            if (!texts.isEmpty() && !embed(waiting, actor, texts, BATCH_LIMIT)) {
                // A text that the model rejects must not prevent the others from being embedded.
                for (Text text : texts) {
                    if (!embed(waiting, actor, List.of(text), BATCH_LIMIT)) {
                        LOG.warning("Embeddings model rejected a memory", "memory", text.memoryId());
                    }
                }
            }
        }
    }

    private boolean embed(EmbeddingQueue waiting, Actor actor, List<Text> texts, Duration time) throws IOException {
        Optional<List<List<Float>>> vectors =
                embedder.embed(texts.stream().map(Text::content).toList(), time);
        for (int i = 0; vectors.isPresent() && i < texts.size(); i++) {
            waiting.store(actor, texts.get(i), vectors.get().get(i));
        }
        if (vectors.isPresent() && problem != null) {
            problem = null;
            LOG.info("Memories are embedded again");
        }
        return vectors.isPresent();
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (regular != null) {
            regular.cancel(false);
        }
        if (embedder != null) {
            embedder.close();
        }
    }
}
