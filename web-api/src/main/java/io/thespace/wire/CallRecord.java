package io.thespace.wire;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.endpoint.Route;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.limit.Allowance;
import io.thespace.limit.Allowances;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Role;
import io.thespace.request.CallView;
import io.thespace.request.RequestEntry;
import io.thespace.request.RequestLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The record of a request, for its log line, its metrics and its explanation. */
public final class CallRecord {

    private static final Log LOG = Log.of(CallRecord.class);

    private final Instant startedAt = Instant.now();
    private final long start = System.nanoTime();
    private Route route;
    private Actor actor;
    private ErrorCode refusal;
    private long identified;
    private long letIn;
    private List<Allowance> allowances = List.of();
    private Allowance tightest;
    private String gatewayRoute;
    private volatile String cache;
    private final Queue<UpstreamTry> tries = new ConcurrentLinkedQueue<>();

    CallRecord() {}

    /** Records the caller's remaining calls of each limit. */
    void allowed(Allowances left) {
        allowances = left.all();
        tightest = left.tightest().orElse(null);
    }

    /** It was refused. */
    public void refused(ErrorCode code) {
        refusal = code;
    }

    boolean refused() {
        return refusal != null;
    }

    /** Logs, counts and explains it. */
    void completed(Exchange exchange, Meters meters, RequestLog log) {
        long nanoseconds = System.nanoTime() - start;
        log(exchange, nanoseconds);
        measure(exchange, meters, nanoseconds);
        explain(exchange, log);
    }

    /** The caller, as credentials proved. */
    void identified(Actor caller) {
        actor = caller;
        identified = System.nanoTime();
    }

    /** The caller may make the call, and has not made too many. */
    public void letIn() {
        letIn = System.nanoTime();
    }

    /** Records the gateway's route of the request. */
    public void carried(String prefix) {
        gatewayRoute = prefix;
    }

    /** An attempt at an upstream is over. */
    public void tried(UpstreamTry attempt) {
        tries.add(attempt);
    }

    /** Records the outcome of the gateway's cache. */
    public void cached(String outcome) {
        cache = outcome;
    }

    /** The endpoint it is for. */
    public void routed(Route to) {
        route = to;
    }

    /** Logs that it is over. */
    private void log(Exchange exchange, long nanoseconds) {
        LOG.info(
                "Request completed",
                "method",
                exchange.request().getMethod(),
                gatewayRoute == null ? "route" : "gateway_route",
                gatewayRoute != null ? gatewayRoute : route == null ? "-" : route.path(),
                "status",
                exchange.response().getStatus(),
                "millis",
                TimeUnit.NANOSECONDS.toMillis(nanoseconds));
    }

    /** Counts and times it, when it is over. */
    private void measure(Exchange exchange, Meters meters, long nanoseconds) {
        meters.answered(
                exchange.request().getMethod(),
                route == null ? "-" : route.path(),
                route == null ? "-" : route.group(),
                exchange.response().getStatus(),
                nanoseconds);
        if (refusal != null) {
            meters.refused(refusal);
        }
    }

    /** Unauthenticated calls are not explained: no organization may read them. */
    private void explain(Exchange exchange, RequestLog log) {
        if (actor == null || actor.orgId() == null || !log.keeps()) {
            return;
        }
        log.add(new RequestEntry(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                exchange.requestId(),
                actor.userId(),
                new CallView(
                        startedAt,
                        exchange.request().getMethod(),
                        route == null ? null : route.path(),
                        route == null ? null : route.group(),
                        exchange.response().getStatus(),
                        refusal == null ? null : refusal.name(),
                        !exchange.handedOver() && exchange.response().getHeader("Idempotency-Replayed") != null,
                        new CallView.Identity(
                                actor.userId(),
                                actor.role() == null ? null : actor.role().group(),
                                actor.signInId(),
                                actor.tokenId(),
                                actor.agentId(),
                                exchange.sessionId(),
                                actor.synthetic()),
                        decisions(),
                        tightest == null
                                ? null
                                : new CallView.Quota(
                                        tightest.policy(),
                                        tightest.rate().calls(),
                                        tightest.rate().seconds(),
                                        tightest.remaining(),
                                        tightest.seconds()),
                        gatewayRoute,
                        cache,
                        tries.stream()
                                .map(attempt -> new CallView.UpstreamView(
                                        attempt.origin(),
                                        attempt.outcome(),
                                        attempt.error(),
                                        attempt.status(),
                                        attempt.firstByteMillis(),
                                        attempt.millis()))
                                .toList(),
                        new CallView.Timings(
                                millis(identified), letIn == 0 ? null : millis(letIn), millis(System.nanoTime())),
                        List.of())));
    }

    private double millis(long until) {
        return TimeUnit.NANOSECONDS.toMicros(until - start) / 1000.0;
    }

    private List<CallView.Decision> decisions() {
        List<CallView.Decision> decisions = new ArrayList<>(3);
        if (route == null) {
            return decisions;
        }
        Role needed = route.endpoint().role();
        boolean covered =
                needed == null || (actor.role() != null && actor.role().covers(needed));
        if (needed != null) {
            decisions.add(new CallView.Decision(
                    "role",
                    needed.group(),
                    actor.role() == null ? null : actor.role().group(),
                    covered));
        }
        Permission permission = route.endpoint().permission();
        if (covered && permission != null) {
            boolean held = actor.may(permission);
            decisions.add(
                    new CallView.Decision("permission", permission.text(), held ? permission.text() : null, held));
        }
        allowances.forEach(one -> decisions.add(
                new CallView.Decision("limit", one.policy(), Long.toString(one.remaining()), one.allowed())));
        return decisions;
    }
}
