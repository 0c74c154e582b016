package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.limit.Allowances;
import io.thespace.limit.Counted;
import io.thespace.limit.Limits;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.PendingChanges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * The one way of a call from its protocol's adapter to its endpoint and back:
 *
 * <pre>
 * admit → limit → bulkhead (plugins) → transaction { audit record, idempotency key } → handler → changes in force → answer
 * </pre>
 *
 * A resource of the platform is called by JAX-RS: its adapter calls {@link #admit}, {@link #limit} and {@link #prepare}, and
 * {@link GovernedInterceptor} takes the call through {@link #run}. Endpoints that are data (plugins', actions) take all of it
 * in {@link #call}.
 */
@ApplicationScoped
public class Pipeline {

    /** The maximum of times that a call is routed again because its plugin was replaced meanwhile. */
    private static final int MAX_MOVES = 3;

    private Decoder decoder;
    private Cursors cursors;
    private Routes routes;
    private Evidence evidence;
    private Rehearsals rehearsals;
    private CallTransaction transaction;
    private AuditAfterwards afterwards;
    private Limits limits;
    private Event<PathChanged> changes;

    Pipeline() {}

    @Inject
    Pipeline(
            Decoder decoder,
            Cursors cursors,
            Routes routes,
            Evidence evidence,
            Rehearsals rehearsals,
            CallTransaction transaction,
            AuditAfterwards afterwards,
            Limits limits,
            Event<PathChanged> changes) {
        this.decoder = decoder;
        this.cursors = cursors;
        this.routes = routes;
        this.evidence = evidence;
        this.rehearsals = rehearsals;
        this.transaction = transaction;
        this.afterwards = afterwards;
        this.limits = limits;
        this.changes = changes;
    }

    // Before the body is read
    // ---------------------------------------------------------------------------------------

    /**
     * Checks that the caller may call the endpoint.
     *
     * @throws Rejection {@code TOKEN_MISSING}, {@code ROLE_MISSING} or {@code PERMISSION_MISSING}
     */
    public void admit(Endpoint<?> endpoint, Actor actor) {
        objection(endpoint, actor).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** Whether {@link #admit} lets the caller call the endpoint. */
    public boolean allows(Endpoint<?> endpoint, Actor actor) {
        return objection(endpoint, actor).isEmpty();
    }

    private static Optional<Rejection> objection(Endpoint<?> endpoint, Actor actor) {
        if (endpoint.role() == null) {
            return Optional.empty();
        }
        if (actor.role() == null) {
            return Optional.of(new Rejection(
                    EndpointError.TOKEN_MISSING,
                    "Sign in first: send \"Authorization: Bearer <access token>\" (POST /api/auth/login gives one)."));
        }
        if (!actor.role().covers(endpoint.role())) {
            return Optional.of(new Rejection(
                    EndpointError.ROLE_MISSING,
                    "This needs the role %s; you are signed in as %s."
                            .formatted(endpoint.role().group(), actor.role().group())));
        }
        if (endpoint.permission() != null && !actor.may(endpoint.permission())) {
            return Optional.of(new Rejection(
                    EndpointError.PERMISSION_MISSING,
                    "This needs the permission %s, which you do not have."
                            .formatted(endpoint.permission().text())));
        }
        return Optional.empty();
    }

    /**
     * Counts a call against its caller's limits; once for each external call.
     *
     * @param others further limits besides those of the endpoint's class and the caller's organization
     * @param report receives the caller's remaining calls, when a limit applies
     * @throws Rejection {@code TOO_MANY_CALLS}
     */
    public void limit(Endpoint<?> endpoint, Actor actor, List<Counted> others, Consumer<Allowances> report) {
        Allowances allowances = limits.take(endpoint.limit(), actor, others);
        report.accept(allowances);
        if (!allowances.allowed()) {
            throw allowances.refusal(EndpointError.TOO_MANY_CALLS);
        }
    }

    /**
     * Checks all of a call but its body: idempotency key, parameters, page.
     *
     * @throws Rejection {@code INVALID_KEY}; {@code INVALID_REQUEST} naming every bad parameter; {@code INVALID_CURSOR}
     */
    public void prepare(CallContext call) {
        Endpoint<?> endpoint = call.route().endpoint();
        Request request = call.request();
        String key = endpoint.idempotent() ? request.idempotencyKey() : null;
        if (key != null && !key.matches("[!-~]{1,255}")) {
            throw new Rejection(
                    EndpointError.INVALID_KEY, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        }
        Map<String, Object> parameters = Parameters.read(endpoint, request);
        boolean paged = endpoint.answer().form() == Endpoint.Shape.Form.PAGE;
        PageRequest page = paged ? cursors.page(call.route(), call.actor(), request.query()) : null;
        call.decoded(parameters, page);
    }

    /**
     * The body of a call, decoded and validated.
     *
     * @throws Rejection {@code MALFORMED_JSON}, {@code INVALID_REQUEST}
     */
    public <B> B body(Route route, Class<B> type, byte[] sent) {
        return type.cast(decoder.body(route.mount(), route.endpoint(), sent));
    }

    // The call
    // ------------------------------------------------------------------------------------------------------

    /**
     * Runs an admitted call whose arguments its protocol's adapter decoded. {@link CallContext#answer} has the outcome.
     *
     * @param body the decoded and validated body; null without one
     * @param handler the endpoint
     * @throws Rejection for every refusal and every outage; anything else that is wrong is a {@code DEFECT}, logged here
     */
    public void run(CallContext call, Object body, Callable<Object> handler) {
        call.enter();
        judged(call, () -> {
            try {
                return stamped(call, body, handler);
            } catch (Exception | LinkageError | StackOverflowError e) {
                throw Failures.rejection(e);
            }
        });
    }

    /**
     * Makes a call of an endpoint, from the check of the caller's role to the answer.
     *
     * @throws Rejection as {@link #run}
     */
    public Answer call(CallContext call) {
        call.enter();
        return judged(call, () -> attempt(call, this::decodedAndStamped));
    }

    /** Records an outcome as evidence about the endpoint and its plugin, and audits a refusal. */
    private Answer judged(CallContext call, Callable<Answer> work) {
        Route route = call.route();
        Bulkhead bulkhead = route.mount().bulkhead();
        try {
            if (bulkhead != null) {
                bulkhead.checkBreaker();
            }
            Answer answer = work.call();
            call.answered(answer);
            evidence.answered(route, Evidence.By.TRAFFIC, answer);
            if (bulkhead != null) {
                bulkhead.succeeded();
            }
            announce(call);
            return answer;
        } catch (Rejection refusal) {
            evidence.refused(route, Evidence.By.TRAFFIC, call.actor().requestId(), refusal);
            if (bulkhead != null && refusal.code() != EndpointError.PLUGIN_RESTING) {
                judge(bulkhead, call, refusal);
            }
            refused(call, refusal);
            throw refusal;
        } catch (Exception e) {
            throw new IllegalStateException("All other failures were made refusals", e);
        }
    }

    /** Announces what may have changed something, and was not replayed. */
    private void announce(CallContext call) {
        if (call.draft() != null) {
            changes.fire(new PathChanged(
                    call.actor().orgId(), call.route().path(call.request().path())));
        }
    }

    private static void judge(Bulkhead bulkhead, CallContext call, Rejection refusal) {
        Route route = call.route();
        Object caller = Optional.<Object>ofNullable(call.actor().userId()).orElse("anonymous");
        if (refusal.code() == EndpointError.DEFECT) {
            bulkhead.crashed(caller, "%s %s crashed".formatted(route.endpoint().method(), route.path()));
        } else if (refusal.code() == EndpointError.PLUGIN_TIMEOUT) {
            bulkhead.crashed(
                    caller,
                    "%s %s did not answer in time".formatted(route.endpoint().method(), route.path()));
        } else {
            bulkhead.succeeded();
        }
    }

    /** Records that a call was refused, by the pipeline or by its protocol's adapter before it. */
    public void refused(CallContext call, Rejection refusal) {
        // Refusals for the number of calls are counted, not audited: auditing each would amplify a flood.
        if (call.draft() != null && refusal.code() != EndpointError.TOO_MANY_CALLS) {
            afterwards.refused(call.draft(), refusal);
        }
    }

    /**
     * Audits a call that its protocol's adapter forwarded to an upstream.
     *
     * @param status the upstream's response status
     */
    public void passedOn(CallContext call, int status) {
        if (call.draft() != null) {
            afterwards.passedOn(call.draft(), status);
        }
    }

    // Calls whose effects are rolled back
    // ---------------------------------------------------------------------------

    /**
     * Makes a call whose effects are rolled back, and leaves it to the caller to judge the outcome.
     *
     * @throws Rejection as {@link #call}
     */
    Answer rehearse(Route route, Actor actor, Request request) {
        if (!Rehearsals.allows(route.endpoint())) {
            throw new IllegalArgumentException(
                    route.endpoint().method() + " " + route.path() + " has effects that cannot be rolled back");
        }
        CallContext call = new CallContext(route, actor, request).unaudited();
        call.enter();
        // Inside the bulkhead, where the handler is: a transaction does not leave its thread.
        return attempt(call, one -> rehearsals.rolledBack(() -> decodedAndStamped(one)));
    }

    /**
     * Calls each endpoint of a group that is safe to call, with its own examples, before the group is published.
     *
     * @return the failure of the first endpoint that fails, as a sentence; empty when none does
     */
    public Optional<String> tryOut(Mount mount, String prefix, List<Endpoint<?>> endpoints)
            throws JsonProcessingException {
        for (Endpoint<?> endpoint : endpoints) {
            Route route = new Route(prefix + endpoint.path(), mount, endpoint);
            Optional<Request> example = Rehearsals.allows(endpoint) ? Request.example(route) : Optional.empty();
            if (example.isEmpty()) {
                continue;
            }
            Actor actor = Rehearsals.actor(endpoint, "trial-" + UuidCreator.getTimeOrderedEpoch());
            try {
                rehearse(route, actor, example.get());
            } catch (Rejection e) {
                if (e.code() == EndpointError.DEFECT || e.code() == EndpointError.PLUGIN_TIMEOUT) {
                    return Optional.of(
                            "%s %s fails when it is called with its own examples; the log has the cause under request id %s"
                                    .formatted(endpoint.method(), route.path(), actor.requestId()));
                }
            }
        }
        return Optional.empty();
    }

    // The steps
    // -----------------------------------------------------------------------------------------------------

    /** Work that runs in the handler's context. */
    @FunctionalInterface
    private interface Inside {
        Answer run(CallContext call) throws Exception;
    }

    private Answer attempt(CallContext call, Inside inside) {
        try {
            admit(call.route().endpoint(), call.actor());
            return confined(call, inside);
        } catch (ExecutionException e) {
            throw Failures.rejection(e.getCause());
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw Failures.rejection(e);
        }
    }

    /** In the plugin's bulkhead, wherever the plugin is by then; on this thread when there is none. */
    private Answer confined(CallContext first, Inside inside) throws Exception {
        CallContext call = first;
        for (int moves = 0; ; moves++) {
            Bulkhead bulkhead = call.route().mount().bulkhead();
            if (bulkhead == null) {
                return inside.run(call);
            }
            CallContext here = call;
            try {
                return bulkhead.run(
                        () -> {
                            Log.actor(here.actor());
                            try {
                                return inside.run(here);
                            } finally {
                                Log.actor(null);
                            }
                        },
                        call.cancellation());
            } catch (Rejection e) {
                // Nothing was done; the version that took its place may do it.
                Optional<Route> successor =
                        e.code() == EndpointError.PLUGIN_GONE ? routes.successor(call.route()) : Optional.empty();
                if (moves == MAX_MOVES || successor.isEmpty()) {
                    throw e;
                }
                call = call.movedTo(successor.get());
                admit(call.route().endpoint(), call.actor());
            }
        }
    }

    private Answer decodedAndStamped(CallContext call) throws Exception {
        return decodedAndStamped(call, call.route().endpoint());
    }

    private <B> Answer decodedAndStamped(CallContext call, Endpoint<B> endpoint) throws Exception {
        prepare(call);
        B body = decoder.body(call.route().mount(), endpoint, call.body());
        Call<B> decoded = new Call<>(
                call.actor(),
                body,
                call.parameters(),
                call.page(),
                call.upload(),
                Optional.ofNullable(call.request().idempotencyKey()),
                call.client());
        return stamped(call, body, () -> endpoint.handler().handle(decoded));
    }

    private Answer stamped(CallContext call, Object body, Callable<Object> handler) throws Exception {
        try (PendingChanges changes = PendingChanges.open()) {
            Answer answer = bound(call, body, handler);
            changes.await();
            return answer;
        }
    }

    @SuppressWarnings("try") // the tenant, the call and the draft are bound as long as they are open
    private Answer bound(CallContext call, Object body, Callable<Object> handler) throws Exception {
        try (Tenant tenant = Tenant.bind(call.actor().orgId());
                CallContext.Scope bound = call.bind();
                AuditDraft.Scope scope = AuditDraft.bind(call.draft())) {
            return transaction.run(call, body, () -> Answers.of(call, handler.call(), cursors));
        }
    }
}
