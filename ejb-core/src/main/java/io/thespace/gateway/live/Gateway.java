package io.thespace.gateway.live;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Failures;
import io.thespace.event.PendingEvents;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.GatewayEventTypes;
import io.thespace.gateway.GenerationEnded;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.cache.AnswerCache;
import io.thespace.gateway.cache.CachedForwarding;
import io.thespace.gateway.cache.RequestCoalescer;
import io.thespace.gateway.forward.Addresses;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.ForwardedHeaders;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.HealthChecks;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.forward.RetryBudget;
import io.thespace.gateway.forward.UpstreamClient;
import io.thespace.gateway.forward.UpstreamView;
import io.thespace.gateway.generation.ChatRequest;
import io.thespace.gateway.generation.EmbeddingsAnswer;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.Generation;
import io.thespace.gateway.generation.GenerationLog;
import io.thespace.gateway.generation.LiveModel;
import io.thespace.gateway.model.ModelKind;
import io.thespace.gateway.model.ModelPrice;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.SealedModel;
import io.thespace.identity.access.UpstreamTokens;
import io.thespace.identity.key.Sealing;
import io.thespace.limit.Allowances;
import io.thespace.limit.Counted;
import io.thespace.limit.Limits;
import io.thespace.limit.OrganizationQuotas;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Carries requests by the routes that are in force on this node. */
@ApplicationScoped
public class Gateway {

    private static final Log LOG = Log.of(Gateway.class);

    private final UpstreamTokens tokens;
    private final Addresses addresses;
    private final Redis redis;
    private final Sealing sealing;
    private final Limits limits;
    private final OrganizationQuotas quotas;
    private final GenerationLog generations;
    private final PendingEvents pending;
    private volatile UpstreamClient client;
    private volatile AnswerCache cache;
    private volatile RequestCoalescer coalescer;
    private volatile HealthChecks checks;
    private volatile RouteMap routes = RouteMap.NONE;
    private volatile Map<String, LiveModel> models = Map.of();
    private volatile Executor executor;
    private Map<String, LiveUpstream> upstreams = Map.of();
    private Map<String, RetryBudget> budgets = Map.of();

    /** For the proxy. */
    Gateway() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    Gateway(
            UpstreamTokens tokens,
            AddressRule rule,
            Redis redis,
            Sealing sealing,
            Limits limits,
            OrganizationQuotas quotas,
            GenerationLog generations,
            PendingEvents pending) {
        this.tokens = tokens;
        this.addresses = new Addresses(rule);
        this.redis = redis;
        this.sealing = sealing;
        this.limits = limits;
        this.quotas = quotas;
        this.generations = generations;
        this.pending = pending;
    }

    /** The route to a path. */
    public Optional<LiveRoute> find(GatewayPath path) {
        return routes.find(path.segments());
    }

    /** Returns the states of a route's upstreams on this node; empty when the route is not in force here yet. */
    public List<UpstreamView> upstreams(RouteView view) {
        return routes.all().stream()
                .filter(route -> route.is(view.id()))
                .findFirst()
                .orElseGet(() -> new LiveRoute(view, LiveUpstream::new, new RetryBudget()))
                .view();
    }

    /**
     * Sends a request on its way, or answers it from the cache; waits for nothing but Redis, when the route keeps answers, and
     * never fails but through the answer.
     */
    public Carriage forward(LiveRoute route, GatewayRequest request, GatewayAnswer answer) {
        if (route.cacheSeconds() == 0 || !cache.on()) {
            return carry(route, request, answer);
        }
        CachedForwarding cached = new CachedForwarding(
                cache, coalescer, (asked, answered) -> carry(route, asked, answered), route, request, answer);
        cached.start();
        return cached;
    }

    private Forwarding carry(LiveRoute route, GatewayRequest request, GatewayAnswer answer) {
        Forwarding forwarding = new Forwarding(
                client,
                addresses,
                (asked, upstream) ->
                        ForwardedHeaders.toUpstream(asked, route, tokens.issue(asked.actor(), upstream.origin())),
                route,
                request,
                answer);
        forwarding.start();
        return forwarding;
    }

    /**
     * Completes a text with a model, or with a fallback when it fails; never blocks.
     *
     * @throws Rejection {@code PROVIDER_NOT_CONFIGURED}, {@code MODEL_UNKNOWN}, {@code TOKENS_USED_UP}, {@code
     *     ROLE_NOT_ROUTED}, {@code PARAMETER_NOT_TAKEN}, {@code TOO_MANY_TOKENS}; every later failure is sent as the
     *     response
     */
    public Generation generate(Actor actor, GenerateRequest order, GatewayAnswer answer) {
        Map<String, LiveModel> there = models;
        LiveModel model = asked(actor, order.model(), ModelKind.CHAT, there);
        Generation generation =
                new Generation(new Asking(actor, order.model(), order.streams(), there), actor, order, answer);
        generation.start(model);
        return generation;
    }

    /**
     * Continues a conversation with a model, or with a fallback when it fails; never blocks.
     *
     * @throws Rejection as {@link #generate}
     */
    Generation chat(Actor actor, ChatRequest request, GatewayAnswer answer) {
        Map<String, LiveModel> there = models;
        String name = request.order().model();
        LiveModel model = asked(actor, name, ModelKind.CHAT, there);
        Generation generation =
                new Generation(new Asking(actor, name, request.streams(), there), actor, request, answer);
        generation.start(model);
        return generation;
    }

    /**
     * Computes embeddings of texts with a model; never blocks.
     *
     * @throws Rejection {@code PROVIDER_NOT_CONFIGURED}, {@code MODEL_UNKNOWN}, {@code MODEL_OF_OTHER_KIND}, {@code
     *     TOKENS_USED_UP}, {@code ROLE_NOT_ROUTED}, {@code MODEL_SEALED}, {@code MODEL_BUSY}; every later failure is
     *     sent as the response
     */
    Carriage embed(Actor actor, String name, List<String> texts, GatewayAnswer answer) {
        Map<String, LiveModel> there = models;
        LiveModel model = asked(actor, name, ModelKind.EMBEDDINGS, there);
        model.route().admit("POST", actor);
        model.checkKey();
        Asking asking = new Asking(actor, name, false, there);
        asking.admit(model);
        EmbeddingsAnswer embeddings = new EmbeddingsAnswer(asking, model, texts, answer);
        embeddings.start();
        return embeddings;
    }

    /**
     * Runs a model in this process. Counts as a call to a model like any other. Counts as any other question to a
     * model.
     *
     * @param work runs the model, on the caller's thread
     * @throws Rejection {@code PROVIDER_NOT_CONFIGURED}, {@code MODEL_UNKNOWN}, {@code MODEL_OF_OTHER_KIND}, {@code
     *     ROLE_NOT_ROUTED}, {@code UPSTREAM_FULL}, {@code MODEL_BUSY}; any rejection by the work
     */
    public <T> T compute(Actor actor, String name, Supplier<T> work) {
        Map<String, LiveModel> there = models;
        LiveModel model = asked(actor, name, ModelKind.ONNX, there);
        model.route().admit("POST", actor);
        if (!model.places().tryAcquire()) {
            throw Rejection.later(
                    GatewayError.UPSTREAM_FULL,
                    "The model %s has the maximum number of concurrent calls on this node. Try again in a moment."
                            .formatted(name),
                    Duration.ofSeconds(1));
        }
        try {
            Asking asking = new Asking(actor, name, false, there);
            asking.admit(model);
            long started = System.nanoTime();
            Rejection failure = null;
            try {
                return work.get();
            } catch (RuntimeException e) {
                failure = Failures.rejection(e);
                throw failure;
            } finally {
                asking.ended(model, ModelUsage.UNKNOWN, failure, System.nanoTime() - started);
            }
        } finally {
            model.places().release();
        }
    }

    /** Returns the models that the actor may call, by name. */
    public List<ModelView> models(Actor actor) {
        return models.values().stream()
                .filter(model -> model.open(actor))
                .map(LiveModel::view)
                .sorted(Comparator.comparing(ModelView::name))
                .toList();
    }

    private LiveModel asked(Actor actor, String name, ModelKind kind, Map<String, LiveModel> there) {
        if (there.isEmpty()) {
            throw new Rejection(
                    GatewayError.PROVIDER_NOT_CONFIGURED,
                    "No language model is configured. An administrator adds one with POST /api/control-center/gateway/models:"
                            + " any server that speaks OpenAI's chat completions, such as llama.cpp, Ollama or vLLM.");
        }
        LiveModel model = there.get(name);
        if (model == null) {
            String names = there.values().stream()
                    .filter(one -> one.view().kind() == kind && one.open(actor))
                    .map(LiveModel::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new Rejection(
                    GatewayError.MODEL_UNKNOWN,
                    "There is no model with this name. You may ask %s.".formatted(names.isEmpty() ? "none" : names));
        }
        if (model.view().kind() != kind) {
            throw Rejection.of(
                    GatewayError.MODEL_OF_OTHER_KIND,
                    "model",
                    "%s is %s.".formatted(name, model.view().kind().words()));
        }
        if (kind != ModelKind.ONNX) {
            Allowances tokens =
                    limits.look(quotas.modelTokens(actor.orgId()).stream().toList());
            if (!tokens.allowed()) {
                throw tokens.refusal(GatewayError.TOKENS_USED_UP);
            }
        }
        return model;
    }

    /** The surroundings of a generation, with the models that existed when it began. */
    private final class Asking implements Generation.Surroundings {

        private final Actor actor;
        private final String asked;
        private final boolean streams;
        private final Map<String, LiveModel> there;

        Asking(Actor actor, String asked, boolean streams, Map<String, LiveModel> there) {
            this.actor = actor;
            this.asked = asked;
            this.streams = streams;
            this.there = there;
        }

        @Override
        public void admit(LiveModel model) {
            List<Counted> counted = model.rate().stream()
                    .map(rate -> Counted.byAll("model-" + model.name(), "model:" + model.name(), rate))
                    .toList();
            Allowances allowances = limits.take(counted);
            if (!allowances.allowed()) {
                throw allowances.refusal(GatewayError.MODEL_BUSY);
            }
        }

        @Override
        public Optional<LiveModel> fallback(LiveModel model) {
            return model.fallback().map(there::get);
        }

        @Override
        public Forwarding forward(LiveModel model, byte[] body, GatewayAnswer answer) {
            GatewayRequest request = new GatewayRequest(
                    actor,
                    "POST",
                    model.path(),
                    null,
                    List.of(),
                    body.length,
                    BodyPublishers.ofByteArray(body),
                    "https",
                    null);
            Forwarding forwarding = new Forwarding(
                    client, addresses, (asked, upstream) -> model.headers(), model.route(), request, answer);
            forwarding.start();
            return forwarding;
        }

        @Override
        public boolean soon(Runnable work) {
            try {
                executor.execute(work);
                return true;
            } catch (RejectedExecutionException e) {
                LOG.warning("Fallback model not tried", "cause", String.valueOf(e.getMessage()));
                return false;
            }
        }

        @Override
        public void ended(LiveModel model, ModelUsage usage, Rejection failure, long nanoseconds) {
            long tokens = usage.input() + usage.output();
            if (tokens > 0) {
                soon(() -> quotas.modelTokens(actor.orgId()).ifPresent(limit -> limits.spend(limit, tokens)));
            }
            generations.add(
                    actor,
                    new GenerationEnded(
                            model.name(),
                            asked,
                            failure == null ? null : failure.code().name(),
                            usage.inputTokens(),
                            usage.outputTokens(),
                            model.price().map(price -> price.of(usage)).orElse(null),
                            model.price().map(ModelPrice::currency).orElse(null),
                            streams,
                            Duration.ofNanos(nanoseconds).toMillis(),
                            Instant.now()));
        }
    }

    /** Publishes these routes and models to requests from now on; running ones keep theirs. */
    synchronized void show(List<RouteView> views, List<SealedModel> sealed, Executor background) {
        executor = background;
        Map<String, LiveUpstream> kept = new HashMap<>();
        Map<String, RetryBudget> budgeted = new HashMap<>();
        List<LiveRoute> live = views.stream()
                .map(view -> new LiveRoute(
                        view,
                        order -> keep(view.id() + " " + order.protocol() + " " + order.url(), order, kept),
                        budgeted.computeIfAbsent(
                                view.id().toString(), id -> budgets.getOrDefault(id, new RetryBudget()))))
                .toList();
        Map<String, LiveModel> named = new HashMap<>();
        for (SealedModel one : sealed) {
            String name = one.view().name();
            named.put(
                    name, new LiveModel(one, order -> keep("model " + name + " " + order.url(), order, kept), sealing));
        }
        upstreams = kept;
        budgets = budgeted;
        resolve(background);
        models = named;
        routes = new RouteMap(live);
    }

    private LiveUpstream keep(String key, UpstreamOrder order, Map<String, LiveUpstream> kept) {
        LiveUpstream before = upstreams.get(key);
        return kept.computeIfAbsent(key, k -> before == null ? new LiveUpstream(order) : before);
    }

    /** Resolves the addresses of the upstreams again. */
    synchronized void resolve(Executor background) {
        addresses.refresh(
                upstreams.values().stream().map(LiveUpstream::host).distinct().toList(), background);
    }

    public UpstreamClient client() {
        return client;
    }

    void sweep() {
        client.sweep();
        coalescer.sweep(System.nanoTime());
        checks.sweep(routes.all());
    }

    /** @param threads gives two for the cache */
    void start(ThreadFactory threads) {
        cache = new AnswerCache(redis, Configuration.get().get(Key.GATEWAY_CACHE_BYTES), threads);
        coalescer = new RequestCoalescer(task -> {
            if (!cache.soon(task)) {
                task.run();
            }
        });
        client = new UpstreamClient();
        checks = new HealthChecks(
                client,
                addresses,
                (up, change) -> pending.add(
                        GatewayEventTypes.SOURCE,
                        up ? GatewayEventTypes.UPSTREAM_UP : GatewayEventTypes.UPSTREAM_DOWN,
                        change.upstream(),
                        change));
        client.start();
    }

    void stop() {
        client.stop();
        cache.stop();
    }
}
