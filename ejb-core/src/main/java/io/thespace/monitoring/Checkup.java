package io.thespace.monitoring;

import io.thespace.log.Log;
import io.thespace.monitoring.Judgement.Level;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs checks concurrently, each within its time limit. A hanging check occupies one thread, however often it is
 * requested: concurrent requests wait for the same result within the time limit.
 */
@ApplicationScoped
class Checkup {

    private static final Log LOG = Log.of(Checkup.class);
    private static final int MAX_THREADS = 64;
    private static final int MAX_CAUSES = 20;

    private record Timed(Judgement judgement, long millis) {}

    @Resource
    private ManagedThreadFactory threads;

    private final Map<String, FutureTask<Timed>> underWay = new HashMap<>(); // guarded by itself
    private ThreadPoolExecutor pool;

    Checkup() {}

    /** Outside of a container. */
    Checkup(ThreadFactory threads) {
        pool = pool(threads);
    }

    @PostConstruct
    void open() {
        pool = pool(threads);
    }

    @PreDestroy
    void close() {
        pool.shutdownNow();
    }

    private static ThreadPoolExecutor pool(ThreadFactory threads) {
        return new ThreadPoolExecutor(0, MAX_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    /** Runs all; takes as long as the slowest, and no longer than the longest limit. */
    public List<CheckView> run(List<Check> checks) {
        long start = System.nanoTime();
        List<FutureTask<Timed>> tasks = checks.stream().map(this::begin).toList();
        List<CheckView> views = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            views.add(view(checks.get(i), tasks.get(i), start));
        }
        return List.copyOf(views);
    }

    /** The check's task, new or already running; null when there is no free thread. */
    private FutureTask<Timed> begin(Check check) {
        synchronized (underWay) {
            FutureTask<Timed> before = underWay.get(check.name());
            if (before != null && !before.isDone()) {
                return before;
            }
            FutureTask<Timed> task = new FutureTask<>(() -> timed(check));
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                return null;
            }
            underWay.put(check.name(), task);
            return task;
        }
    }

    private Timed timed(Check check) throws Exception {
        long start = System.nanoTime();
        try {
            return new Timed(check.question().call(), millisSince(start));
        } finally {
            synchronized (underWay) {
                underWay.remove(check.name());
            }
        }
    }

    private static CheckView view(Check check, FutureTask<Timed> task, long start) {
        if (task == null) {
            return failed(check, 0, "No thread is available for this check: too many other checks hang.");
        }
        try {
            long left = check.limit().toNanos() - (System.nanoTime() - start);
            Timed timed = task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            return view(check, timed.judgement(), timed.millis());
        } catch (TimeoutException e) {
            return failed(
                    check,
                    millisSince(start),
                    "No response within %d ms.".formatted(check.limit().toMillis()));
        } catch (ExecutionException e) {
            LOG.warning("A health check failed", "check", check.name(), "cause", e.getCause());
            return failed(check, millisSince(start), reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(check, millisSince(start), "The node is stopping.");
        }
    }

    private static CheckView failed(Check check, long millis, String finding) {
        return view(check, new Judgement(Level.DOWN, finding, threshold(check.limit()), check.advice()), millis);
    }

    private static String threshold(Duration limit) {
        return "down without an answer within %d ms".formatted(limit.toMillis());
    }

    private static CheckView view(Check check, Judgement judgement, long millis) {
        return new CheckView(
                check.name(),
                judgement.level().name().toLowerCase(Locale.ROOT),
                check.required(),
                millis,
                judgement.finding(),
                judgement.threshold(),
                judgement.advice());
    }

    /**
     * Messages of the database and of the platform's own code; others are only logged, since they would reveal class
     * names.
     */
    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof SQLException || cause instanceof IllegalStateException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return "The check failed; the node's log has the cause.";
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
