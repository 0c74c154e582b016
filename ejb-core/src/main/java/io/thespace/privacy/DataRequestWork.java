package io.thespace.privacy;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.plugin.Installations;
import io.thespace.plugin.PluginPersonalData;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Polls every other second for a data request and works on it; any number of nodes may do so. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DataRequestWork {

    private static final Log LOG = Log.of(DataRequestWork.class);

    /** The maximum of concurrent jobs of a node. */
    private static final int MAX_JOBS = 2;

    /** The rows processed per transaction, well within the statement timeout. */
    private static final int BATCH = 5_000;

    /** Rows written while their person is being erased are found by the next round. */
    private static final int ROUNDS = 3;

    private static final int MAX_BATCHES = 100_000;

    /** Stands for the rows of a source that could not count them; what it can erase is erased nevertheless. */
    private static final long UNCOUNTED = (long) MAX_BATCHES * BATCH;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration EXPORT_PATIENCE = Duration.ofMinutes(4);
    private static final int PURGED_PARTS = 100;

    /** Stores of the platform that are not searched: they are kept by law or belong to the job itself. */
    static final Set<String> UNSEARCHED = Set.of("core.audit_events", "core.audit_inbox", "core.data_requests");

    private final AtomicInteger running = new AtomicInteger();

    @Inject
    private DataRequestSteps steps;

    @Inject
    private PersonalSources sources;

    @Inject
    private Installations installations;

    @Resource
    private ManagedExecutorService executor;

    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
    void look() {
        try {
            boolean more = true;
            while (more && running.get() < MAX_JOBS) {
                UUID lease = UUID.randomUUID();
                Optional<DataRequestSteps.Claim> claim = steps.claim(lease);
                claim.ifPresent(found -> begin(found, lease));
                more = claim.isPresent();
            }
        } catch (RuntimeException e) {
            // A timer that throws may not get another turn; the next look may find the database back.
            LOG.warning("Pending data requests could not be read", "cause", String.valueOf(e.getMessage()));
        }
    }

    private void begin(DataRequestSteps.Claim claim, UUID lease) {
        running.incrementAndGet();
        boolean begun = false;
        try {
            executor.execute(() -> {
                try {
                    work(claim, lease);
                } finally {
                    running.decrementAndGet();
                }
            });
            begun = true;
        } catch (RejectedExecutionException e) {
            LOG.warning("Data request delayed: no thread available", "request", claim.request());
        } finally {
            if (!begun) {
                running.decrementAndGet();
            }
        }
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    void purge() {
        try {
            int batches = 0;
            while (steps.purgeExports(PURGED_PARTS) == PURGED_PARTS && batches < MAX_BATCHES) {
                batches++;
            }
            installations.purgeExports();
        } catch (RuntimeException e) {
            LOG.warning("Expired exports could not be deleted", "cause", String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void work(DataRequestSteps.Claim claim, UUID lease) {
        Actor actor = Actor.platform(claim.org(), "data-request-" + claim.request());
        Log.actor(actor);
        try (Tenant tenant = Tenant.bind(claim.org())) {
            Optional<Job> begun = steps.begin(actor, claim.request(), lease);
            if (begun.isEmpty()) {
                LOG.info("Data request", "request", claim.request(), "state", DataRequestState.BLOCKED);
                return;
            }
            Job job = begun.get();
            try {
                DataRequestState state = job.kind() == DataRequestKind.ERASURE ? erase(job) : export(job);
                LOG.info("Data request", "request", job.id(), "kind", job.kind(), "state", state);
            } catch (RuntimeException e) {
                if (lost(e)) {
                    throw e;
                }
                LOG.error("Data request failed", e, "request", job.id());
                steps.abandon(job, "Something broke on our side, and is logged. It is tried again by itself.");
            }
        } catch (RuntimeException | LinkageError e) {
            // Caught here: the executor would store an error in a result that is never read.
            if (lost(e)) {
                LOG.info("Data request is continued by another node or held", "request", claim.request());
            } else {
                LOG.error("Data request interrupted; it is retried by the next poll", e, "request", claim.request());
            }
        } finally {
            Log.actor(null);
        }
    }

    private static boolean lost(Throwable e) {
        return e instanceof Rejection rejection && rejection.code() == PrivacyError.JOB_LOST;
    }

    private DataRequestState erase(Job job) {
        List<PersonalSources.Source> all = sources.all();
        Map<String, Long> found = new HashMap<>();
        for (PersonalSources.Source source : all) {
            attempt(job, source, () -> {
                long rows = tally(job, source);
                found.put(source.name(), rows);
                return rows;
            });
        }
        long treated = 1;
        for (int round = 0; round < ROUNDS && treated > 0; round++) {
            treated = 0;
            for (PersonalSources.Source source : all) {
                treated += attempt(job, source, () -> erase(job, source, found.getOrDefault(source.name(), UNCOUNTED)));
            }
        }
        all.forEach(source -> attempt(job, source, () -> tally(job, source)));
        obstruct(job, all);
        return steps.finish(job, search(job), backups());
    }

    private DataRequestState export(Job job) {
        List<PersonalSources.Source> all = sources.all();
        for (PersonalSources.Source source : all) {
            attempt(job, source, () -> {
                steps.extend(job, EXPORT_PATIENCE.plus(DataRequestSteps.LEASE));
                return source.ask(
                        job.actor(),
                        people -> {
                            steps.export(job, source.name(), people);
                            return 0L;
                        },
                        EXPORT_PATIENCE);
            });
        }
        obstruct(job, all);
        return steps.finish(job, false, null);
    }

    /** Something that is done with one source. */
    @FunctionalInterface
    interface Part {
        long run() throws ExecutionException;
    }

    /** The failure of one source does not prevent the processing of others. */
    private long attempt(Job job, PersonalSources.Source source, Part part) {
        try {
            return part.run();
        } catch (ExecutionException | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            if (lost(cause)) {
                throw (Rejection) cause;
            }
            LOG.error("Store could not be processed", cause, "request", job.id(), "source", source.name());
            steps.obstruct(
                    job,
                    source.name(),
                    DataRequestSteps.ALL,
                    "The store failed; the log has the cause. It is retried automatically.");
            return 0;
        }
    }

    private long tally(Job job, PersonalSources.Source source) throws ExecutionException {
        return source.ask(job.actor(), people -> steps.tally(job, source.name(), people), PATIENCE);
    }

    private long erase(Job job, PersonalSources.Source source, long found) throws ExecutionException {
        return batches(
                found,
                () -> source.ask(job.actor(), people -> steps.erase(job, source.name(), people, BATCH), PATIENCE));
    }

    /**
     * Treats batches until nothing is left, or until they are more than a batch beyond what was found: then rows match again though
     * they were treated, and what matches at the end is counted as left.
     *
     * @return how many rows were treated
     */
    static long batches(long found, Part batch) throws ExecutionException {
        long treated = 0;
        long rows = 1;
        while (rows > 0 && treated <= found + BATCH) {
            rows = batch.run();
            treated += rows;
        }
        return treated;
    }

    /** A store that no source processed prevents completion, even if its plugin has started meanwhile. */
    private void obstruct(Job job, List<PersonalSources.Source> asked) {
        for (PluginPersonalData.Unreachable plugin : sources.unreachable(job.actor(), asked)) {
            steps.obstruct(job, plugin.plugin(), DataRequestSteps.ALL, plugin.advice());
        }
    }

    /** Searches the rows of every table, whichever source owns it. */
    private boolean search(Job job) {
        String identifier = job.subject().identifier();
        if (identifier == null) {
            return false;
        }
        for (DataRequestSteps.Table table : steps.tables(job.actor())) {
            String name = table.schema() + "." + table.name();
            if (UNSEARCHED.contains(name)) {
                continue;
            }
            try {
                // A search locks nothing and takes as long as a table is large.
                steps.extend(job, DataRequestSteps.LEASE);
                long traces = steps.traces(job.actor(), table, identifier);
                if (traces > 0) {
                    steps.obstruct(
                            job,
                            DataRequestSteps.SEARCH,
                            name,
                            "%d rows still hold the identifier, and what answers for them does not know. Change them, or report it."
                                    .formatted(traces));
                }
            } catch (RuntimeException e) {
                if (lost(e)) {
                    throw e;
                }
                LOG.warning("A table could not be searched", "table", name, "cause", String.valueOf(e.getMessage()));
                steps.obstruct(
                        job, DataRequestSteps.SEARCH, name, "The table could not be searched; the log has the cause.");
            }
        }
        return true;
    }

    private String backups() {
        int days = Configuration.get().get(Key.PRIVACY_BACKUP_DAYS);
        String copies = days == 0
                ? "No backups are registered (SPACE_PRIVACY_BACKUP_DAYS)."
                : "Backups hold the data until they are deleted after %d days.".formatted(days);
        List<String> exported = sources.exported();
        return exported.isEmpty()
                ? copies
                : copies
                        + " Administrators can load the data of the removed plugins %s for up to 30 days."
                                .formatted(String.join(", ", exported));
    }
}
