package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls, in the background, each endpoint of this node that is safe to call: after the start, after each change of the
 * routes, every few minutes, and on request.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Probing {

    private static final Log LOG = Log.of(Probing.class);

    /** The pause between two checks for a due round, and so between two rounds. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    /** The time limit of one call. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The maximum of calls that may hang beyond their time limit; each one holds a thread. */
    private static final int MAX_HANGING = 3;

    private final Set<Route> hanging = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile long probedVersion = -1;
    private volatile long nextNanos;
    private volatile boolean asked;
    private volatile boolean stopped;
    private volatile Instant ended;

    @Resource
    private TimerService timers;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Routes routes;

    @Inject
    private Pipeline pipeline;

    @Inject
    private Evidence evidence;

    @PostConstruct
    void start() {
        // Single timers and not an interval: a round may take longer than the pause.
        timers.createSingleActionTimer(PAUSE.toMillis(), new TimerConfig(null, false));
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    /** Schedules a round within some seconds. */
    public void ask() {
        asked = true;
    }

    /** Returns when the last round ended; empty before the first. */
    public Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    @Timeout
    void look() {
        try {
            if (asked || probedVersion != routes.version() || System.nanoTime() - nextNanos >= 0) {
                asked = false;
                // Both before the round, so that a change meanwhile makes another one.
                probedVersion = routes.version();
                nextNanos = System.nanoTime() + INTERVAL.toNanos();
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!stopped) {
                start();
            }
        }
    }

    private void round() throws InterruptedException {
        for (Route route : routes.all()) {
            if (stopped) {
                return;
            }
            if (hanging.size() >= MAX_HANGING) {
                LOG.warning("Probing waits for calls that hang", "calls", hanging.size());
                break;
            }
            if (Rehearsals.allows(route.endpoint()) && !hanging.contains(route)) {
                Actor actor = Rehearsals.actor(route.endpoint(), "probe-" + UuidCreator.getTimeOrderedEpoch());
                Optional<Rejection> refusal;
                try {
                    refusal = probe(route, actor);
                } catch (RejectedExecutionException e) {
                    // The server is suspended or stopping: no evidence about the endpoints.
                    LOG.info("Probing ended: the server runs no more tasks");
                    return;
                }
                if (refusal.isPresent() && refusal.get().code() == EndpointError.DATABASE_AWAY) {
                    // The remaining calls would fail the same way after the same wait.
                    break;
                }
            }
        }
        ended = Instant.now();
    }

    /**
     * Calls an endpoint with its example, if it has one, and records the outcome.
     *
     * @throws RejectedExecutionException when the server runs no more tasks
     */
    private Optional<Rejection> probe(Route route, Actor actor) throws InterruptedException {
        try {
            Optional<Request> example = Request.example(route);
            if (example.isPresent()) {
                Answer answer = answer(route, actor, example.get());
                evidence.answered(route, Evidence.By.PROBE, answer);
            }
            return Optional.empty();
        } catch (TimeoutException e) {
            // A call that found no free thread is no evidence.
            if (hanging.contains(route)) {
                evidence.late(route, LIMIT);
            }
            return Optional.empty();
        } catch (RejectedExecutionException e) {
            throw e;
        } catch (ExecutionException | JsonProcessingException | RuntimeException | LinkageError e) {
            Rejection refusal = Failures.rejection(e);
            evidence.refused(route, Evidence.By.PROBE, actor.requestId(), refusal);
            return Optional.of(refusal);
        }
    }

    private Answer answer(Route route, Actor actor, Request request)
            throws InterruptedException, ExecutionException, TimeoutException {
        Future<Answer> call = executor.submit(() -> {
            hanging.add(route);
            Log.actor(actor);
            try {
                return pipeline.rehearse(route, actor, request);
            } finally {
                Log.actor(null);
                hanging.remove(route);
            }
        });
        try {
            return call.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            // Nothing to a call that has ended; one that hangs is interrupted, or never begins.
            call.cancel(true);
        }
    }
}
