package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.audit.AuditedAnswer;
import io.thespace.audit.AuditedWork;
import io.thespace.json.Json;
import io.thespace.limit.Allowances;
import io.thespace.limit.Counted;
import io.thespace.limit.Limits;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes a call from its protocol's adapter to its handler and back. */
@ApplicationScoped
public class Calls {

    private static final byte[] NOTHING = {};

    /** How long a call waits for another one with the same idempotency key before it is told to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How often a call follows a plugin that is replaced under it. */
    private static final int MOST_MOVES = 3;

    private Decoder decoder;
    private Cursors cursors;
    private IdempotencyKeys keys;
    private Routes routes;
    private Evidence evidence;
    private Rehearsals rehearsals;
    private AuditedWork work;
    private AuditAfterwards afterwards;
    private Limits limits;

    Calls() {}

    @Inject
    Calls(
            Decoder decoder,
            Cursors cursors,
            IdempotencyKeys keys,
            Routes routes,
            Evidence evidence,
            Rehearsals rehearsals,
            AuditedWork work,
            AuditAfterwards afterwards,
            Limits limits) {
        this.limits = limits;
        this.work = work;
        this.afterwards = afterwards;
        this.routes = routes;
        this.rehearsals = rehearsals;
        this.decoder = decoder;
        this.cursors = cursors;
        this.keys = keys;
        this.evidence = evidence;
    }

    /**
     * Whether the caller may call the endpoint; to be asked before the body is read.
     *
     * @throws Rejection {@code TOKEN_MISSING}, {@code ROLE_MISSING} or {@code PERMISSION_MISSING}
     */
    public void admit(Endpoint<?> endpoint, Actor actor) {
        if (endpoint.role() == null) {
            return;
        }
        if (actor.role() == null) {
            throw new Rejection(
                    EndpointError.TOKEN_MISSING,
                    "Sign in first: send \"Authorization: Bearer <access token>\" (POST /api/auth/login gives one).");
        }
        if (!actor.role().covers(endpoint.role())) {
            throw new Rejection(
                    EndpointError.ROLE_MISSING,
                    "This needs the role %s; you are signed in as %s."
                            .formatted(endpoint.role().group(), actor.role().group()));
        }
        if (endpoint.permission() != null && !actor.may(endpoint.permission())) {
            throw new Rejection(
                    EndpointError.PERMISSION_MISSING,
                    "This needs the permission %s, which you do not have."
                            .formatted(endpoint.permission().text()));
        }
    }

    /**
     * Counts a call against its caller's limits; to be asked once for each call that comes from outside, before the body is
     * read.
     *
     * @param others limits of other things than the endpoint's class and the caller's organization
     * @param tell is told what the caller has left, when anything limits them
     * @throws Rejection {@code TOO_MANY_CALLS}
     */
    public void limit(Endpoint<?> endpoint, Actor actor, List<Counted> others, Consumer<Allowances> tell) {
        Allowances allowances = limits.take(endpoint.limit(), actor, others);
        tell.accept(allowances);
        if (!allowances.allowed()) {
            throw allowances.refusal(EndpointError.TOO_MANY_CALLS);
        }
    }

    /**
     * The body of a call whose answer its protocol's adapter gets by itself, decoded and validated.
     *
     * @throws Rejection {@code MALFORMED_JSON}, {@code INVALID_REQUEST}
     */
    public <B> B body(Route route, Class<B> type, byte[] sent) {
        return type.cast(decoder.body(route.mount(), route.endpoint(), sent));
    }

    /**
     * Makes a call.
     *
     * @return the answer of a success
     * @throws Rejection for every refusal and every outage; anything else that is wrong is a {@code DEFECT}, logged here
     */
    public Answer call(Route route, Actor actor, Request request) {
        Bulkhead bulkhead = route.mount().bulkhead();
        AuditDraft draft = draft(route, actor, request.path());
        try {
            Answer answer = attempt(route, actor, request, (r, a, q) -> stamped(r, a, q, draft));
            evidence.answered(route, Evidence.By.TRAFFIC, answer);
            if (bulkhead != null) {
                bulkhead.succeeded();
            }
            return answer;
        } catch (Rejection refusal) {
            evidence.refused(route, Evidence.By.TRAFFIC, actor.requestId(), refusal);
            if (refusal.code() == EndpointError.DEFECT && bulkhead != null) {
                bulkhead.crashed("%s %s crashed".formatted(route.endpoint().method(), route.path()));
            }
            audit(draft, refusal);
            throw refusal;
        }
    }

    /**
     * Says that a call was refused by its protocol's adapter, which did not get as far as {@link #call}.
     *
     * @param path the values of the path's parameters, by name
     */
    public void refused(Route route, Actor actor, Map<String, String> path, Rejection refusal) {
        audit(draft(route, actor, path), refusal);
    }

    /**
     * Says that a call was carried to an upstream by its protocol's adapter.
     *
     * @param path the values of the path's parameters, by name
     * @param status what the upstream answered with
     */
    public void passedOn(Route route, Actor actor, Map<String, String> path, int status) {
        AuditDraft draft = draft(route, actor, path);
        if (draft != null) {
            afterwards.passedOn(draft, status);
        }
    }

    /** What will be recorded of a call; null for one that changes nothing, and for a stranger who is asked to sign in. */
    private static AuditDraft draft(Route route, Actor actor, Map<String, String> path) {
        Endpoint<?> endpoint = route.endpoint();
        return endpoint.method() == Method.GET || (endpoint.role() != null && actor.role() == null)
                ? null
                : new AuditDraft(actor, endpoint.method().name(), route.path(), route.group(), endpoint.action(), path);
    }

    /** What is refused only for its number is counted by the metrics; to write each down would help who floods. */
    private void audit(AuditDraft draft, Rejection refusal) {
        if (draft != null && refusal.code() != EndpointError.TOO_MANY_CALLS) {
            afterwards.refused(draft, refusal);
        }
    }

    /**
     * Makes a call whose effects are rolled back, and leaves it to the caller what the outcome says about the endpoint.
     *
     * @throws Rejection as {@link #call}
     */
    Answer rehearse(Route route, Actor actor, Request request) {
        if (!Rehearsals.allows(route.endpoint())) {
            throw new IllegalArgumentException(
                    route.endpoint().method() + " " + route.path() + " has effects that cannot be rolled back");
        }
        // Inside the bulkhead, where the handler is: a transaction does not leave its thread.
        return attempt(route, actor, request, (r, a, q) -> rehearsals.rolledBack(() -> stamped(r, a, q, null)));
    }

    /**
     * Calls each endpoint of a group that is safe to call, with its own examples, before anybody else can.
     *
     * @return what the first one that breaks did, as a sentence; empty when none does
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
                            "%s %s breaks when it is called with its own examples; the log tells more under request id %s"
                                    .formatted(endpoint.method(), route.path(), actor.requestId()));
                }
            }
        }
        return Optional.empty();
    }

    /** What is done where the handler runs. */
    @FunctionalInterface
    private interface Inside {
        Answer run(Route route, Actor actor, Request request) throws Exception;
    }

    private Answer attempt(Route route, Actor actor, Request request, Inside inside) {
        try {
            admit(route.endpoint(), actor);
            return confined(route, actor, request, inside);
        } catch (ExecutionException e) {
            throw Failures.rejection(e.getCause());
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw Failures.rejection(e);
        }
    }

    /** In the plugin's bulkhead, wherever the plugin is by then; on this thread when there is none. */
    private Answer confined(Route first, Actor actor, Request request, Inside inside) throws Exception {
        Route route = first;
        for (int moves = 0; ; moves++) {
            Bulkhead bulkhead = route.mount().bulkhead();
            if (bulkhead == null) {
                return inside.run(route, actor, request);
            }
            Route here = route;
            try {
                return bulkhead.run(() -> {
                    Log.actor(actor);
                    try {
                        return inside.run(here, actor, request);
                    } finally {
                        Log.actor(null);
                    }
                });
            } catch (Rejection e) {
                // Nothing was done; the version that took its place may do it.
                Optional<Route> successor =
                        e.code() == EndpointError.PLUGIN_GONE ? routes.successor(route) : Optional.empty();
                if (moves == MOST_MOVES || successor.isEmpty()) {
                    throw e;
                }
                route = successor.get();
                admit(route.endpoint(), actor);
            }
        }
    }

    @SuppressWarnings("try") // the tenant and the draft are bound as long as they are open
    private Answer stamped(Route route, Actor actor, Request request, AuditDraft draft) throws Exception {
        try (Tenant tenant = Tenant.bind(actor.orgId());
                AuditDraft.Scope scope = AuditDraft.bind(draft)) {
            return call(route, route.endpoint(), actor, request, draft);
        }
    }

    private <B> Answer call(Route route, Endpoint<B> endpoint, Actor actor, Request request, AuditDraft draft)
            throws Exception {
        String key = endpoint.idempotent() ? request.idempotencyKey() : null;
        if (key != null && !key.matches("[!-~]{1,255}")) {
            throw new Rejection(
                    EndpointError.INVALID_KEY, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        }
        Map<String, Object> parameters = decoder.parameters(endpoint, request);
        B body = decoder.body(route.mount(), endpoint, request.body());
        boolean paged = endpoint.answer().form() == Endpoint.Shape.Form.PAGE;
        PageRequest page = paged ? cursors.page(route, actor, request.query()) : null;
        if (draft != null && endpoint.role() != null) {
            draft.asked(digest(route, request, body));
        }
        Call<B> call = new Call<>(
                actor,
                body,
                parameters,
                page,
                Optional.ofNullable(request.upload()),
                Optional.ofNullable(request.idempotencyKey()));
        Callable<Answer> effect =
                () -> answer(route, actor, request, endpoint.handler().handle(call));
        if (key == null) {
            return audited(draft, endpoint, () -> Optional.of(effect.call())).orElseThrow();
        }
        byte[] fingerprint = fingerprint(route, request, body);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Answer> answer = audited(draft, endpoint, () -> keys.once(actor, key, fingerprint, effect));
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - end > 0) {
                throw Rejection.later(
                        EndpointError.KEY_IN_USE,
                        "A call with this Idempotency-Key is still running. Send it again in a moment.",
                        Duration.ofSeconds(1));
            }
            // No connection is held meanwhile, so that waiting calls cannot starve the one they wait for.
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Does something and records the answer that comes of it, if one does. */
    private Optional<Answer> audited(AuditDraft draft, Endpoint<?> endpoint, Callable<Optional<Answer>> effect)
            throws Exception {
        if (draft == null) {
            return effect.call();
        }
        if (!endpoint.ownTransactions()) {
            return work.within(draft, effect, answer -> answer.map(Calls::audited));
        }
        Optional<Answer> answer = effect.call();
        if (answer.isPresent()) {
            afterwards.done(draft, audited(answer.get()));
        }
        return answer;
    }

    private static AuditedAnswer audited(Answer answer) {
        return new AuditedAnswer(
                answer.status(), answer.replayed(), HexFormat.of().formatHex(sha256().digest(answer.body())));
    }

    private Answer answer(Route route, Actor actor, Request request, Object result) throws JsonProcessingException {
        if (result instanceof Answer passedOn) {
            return passedOn;
        }
        Endpoint.Shape shape = route.endpoint().answer();
        if (result instanceof Content content) {
            return new Answer(shape.status(), content.mediaType(), content.bytes(), content.headers(), false);
        }
        if (shape.form() == Endpoint.Shape.Form.NONE) {
            return new Answer(shape.status(), null, NOTHING, Map.of(), false);
        }
        Object body = result;
        if (result instanceof Page<?> page) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("items", page.items());
            members.put(
                    "next_cursor",
                    page.nextKey() == null ? null : cursors.seal(route, actor, request.query(), page.nextKey()));
            members.put("total", null);
            body = members;
        }
        return new Answer(
                shape.status(), shape.mediaType(), route.mount().mapper().writeValueAsBytes(body), Map.of(), false);
    }

    /** A digest of everything that makes a request what it is; the body as decoded, so that spaces and 1.0 for 1 don't count. */
    private static byte[] fingerprint(Route route, Request request, Object body) throws JsonProcessingException {
        MessageDigest digest = sha256();
        digest.update((route.endpoint().method() + " " + route.path()).getBytes(StandardCharsets.UTF_8));
        digest.update(Json.MAPPER.writeValueAsBytes(new TreeMap<>(request.path())));
        digest.update(Json.MAPPER.writeValueAsBytes(new TreeMap<>(request.query())));
        digest.update(content(route, request, body));
        return digest.digest();
    }

    /** A digest of what a request carries; null when that is nothing. */
    private static byte[] digest(Route route, Request request, Object body) throws JsonProcessingException {
        return body == null ? null : sha256().digest(content(route, request, body));
    }

    /** The decoded body as JSON, its members in their declared order; with an upload, the file's digest behind it. */
    private static byte[] content(Route route, Request request, Object body) throws JsonProcessingException {
        String json =
                Json.MAPPER.writeValueAsString(canonical(route.mount().mapper().valueToTree(body)));
        String file = request.upload() == null ? "" : request.upload().sha256();
        return (json + file).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The same tree with 1.0 written as 1. */
    private static JsonNode canonical(JsonNode node) {
        if (node.isNumber()) {
            return TextNode.valueOf(node.decimalValue().stripTrailingZeros().toString());
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.replace(name, canonical(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, canonical(array.get(i)));
            }
        }
        return node;
    }
}
