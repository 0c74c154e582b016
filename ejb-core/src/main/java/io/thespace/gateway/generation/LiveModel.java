package io.thespace.gateway.generation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.configuration.Rate;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.forward.RetryBudget;
import io.thespace.gateway.model.ModelKind;
import io.thespace.gateway.model.ModelParameter;
import io.thespace.gateway.model.ModelPrice;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.SealedModel;
import io.thespace.identity.key.Sealing;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A model as this node calls it: through a route of its own, with the concurrency limit, time limits and circuit
 * breaker of routes.
 */
public final class LiveModel {

    private static final Log LOG = Log.of(LiveModel.class);

    /** The route's part of {@link #path()}, which the base URL takes the place of. */
    private static final String PREFIX = "/llm";

    private final ModelView view;
    private final LiveRoute route;
    private final String apiKey;
    private final boolean sealed;

    /** Slots of a model that runs in this process; for others the upstream's slots apply. */
    private final Semaphore places;

    public LiveModel(SealedModel model, Function<UpstreamOrder, LiveUpstream> upstreams, Sealing sealing) {
        this.view = model.view();
        RouteOrder order = new RouteOrder(
                        PREFIX,
                        view.kind() == ModelKind.ONNX ? List.of() : List.of(UpstreamOrder.to(view.baseUrl())),
                        null,
                        List.of("POST"),
                        view.roles(),
                        view.connectMillis(),
                        view.firstByteMillis(),
                        view.totalMillis(),
                        // A sent request costs money, and may have been processed: it is not retried.
                        0,
                        null,
                        null,
                        view.concurrency(),
                        null,
                        null,
                        null)
                .complete();
        this.route = new LiveRoute(
                "the model " + view.name(),
                RouteView.of(null, order, view.createdAt(), view.changedAt()),
                upstreams,
                new RetryBudget());
        String key = null;
        boolean shut = false;
        if (model.sealedKey() != null) {
            try {
                key = sealing.open(
                        model.sealedKey(),
                        SealedModel.place(view.name(), route.upstreams().get(0)));
            } catch (IllegalStateException e) {
                shut = true;
                LOG.error("API key of a model could not be decrypted", e, "model", view.name());
            }
        }
        this.apiKey = key;
        this.sealed = shut;
        this.places = new Semaphore(view.concurrency());
    }

    public String name() {
        return view.name();
    }

    public ModelView view() {
        return view;
    }

    /** Returns the path requested from the server, as a path below the gateway. */
    public GatewayPath path() {
        return GatewayPath.read(PREFIX + "/" + view.kind().path(), "");
    }

    public LiveRoute route() {
        return route;
    }

    public Semaphore places() {
        return places;
    }

    public Optional<String> fallback() {
        return Optional.ofNullable(view.fallback());
    }

    public Optional<ModelPrice> price() {
        return Optional.ofNullable(view.price());
    }

    /** Returns the rate limit of all callers together. */
    public Optional<Rate> rate() {
        return Optional.ofNullable(view.requestsPerMinute()).map(calls -> new Rate(calls, 60));
    }

    /**
     * Checks that the model accepts this request.
     *
     * @throws Rejection {@code ROLE_NOT_ROUTED}, {@code PARAMETER_NOT_TAKEN}, {@code TOO_MANY_TOKENS}
     */
    void admit(Actor actor, GenerateRequest order) {
        route.admit("POST", actor);
        refused(order).ifPresent(parameter -> {
            throw Rejection.of(
                    GatewayError.PARAMETER_NOT_TAKEN,
                    parameter,
                    "The model %s does not take %s. Leave it out, or choose another model."
                            .formatted(view.name(), parameter));
        });
        if (order.maxTokens() != null && view.maxTokens() != null && order.maxTokens() > view.maxTokens()) {
            throw Rejection.of(
                    GatewayError.TOO_MANY_TOKENS,
                    "max_tokens",
                    "The model %s writes %d tokens at the most; ask for no more."
                            .formatted(view.name(), view.maxTokens()));
        }
    }

    /** Whether its server takes every parameter of a request. */
    boolean takes(GenerateRequest order) {
        return refused(order).isEmpty();
    }

    /** The first parameter of a request that its server does not take. */
    private Optional<String> refused(GenerateRequest order) {
        if (hasSystem(order) && !takes(ModelParameter.SYSTEM)) {
            return Optional.of("system");
        }
        if (order.temperature() != null && !takes(ModelParameter.TEMPERATURE)) {
            return Optional.of("temperature");
        }
        boolean limits = takes(ModelParameter.MAX_TOKENS) || takes(ModelParameter.MAX_COMPLETION_TOKENS);
        return order.maxTokens() != null && !limits ? Optional.of("max_tokens") : Optional.empty();
    }

    private boolean takes(ModelParameter parameter) {
        return view.parameters().contains(parameter);
    }

    private static boolean hasSystem(GenerateRequest order) {
        return order.system() != null && !order.system().isBlank();
    }

    /**
     * Checks that this node can call it.
     *
     * @throws Rejection {@code MODEL_SEALED}
     */
    public void checkKey() {
        if (sealed) {
            throw Rejection.later(
                    GatewayError.MODEL_SEALED,
                    "The key of the model %s does not open on this node; the log says why. An administrator can say it again at /api/control-center/gateway/models/%1$s."
                            .formatted(view.name()),
                    Duration.ofSeconds(30));
        }
    }

    /** Whether a caller may use it at all. */
    public boolean open(Actor actor) {
        return route.opens(actor);
    }

    /** Returns the headers for its server; none of them stem from the caller. */
    public List<Map.Entry<String, String>> headers() {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(new SimpleImmutableEntry<>("Content-Type", "application/json"));
        headers.add(new SimpleImmutableEntry<>("Accept", "application/json, text/event-stream"));
        if (apiKey != null) {
            headers.add(new SimpleImmutableEntry<>("Authorization", "Bearer " + apiKey));
        }
        return headers;
    }

    /** The request of OpenAI's chat completions, as many others read it too. */
    ObjectNode body(ChatRequest request) {
        GenerateRequest order = request.order();
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", view.upstreamModel());
        var messages = body.putArray("messages");
        if (hasSystem(order)) {
            messages.addObject().put("role", "system").put("content", order.system());
        }
        messages.addAll(request.messages());
        if (!request.functions().isEmpty()) {
            body.putArray("tools").addAll(request.functions());
            if (!request.mayCall()) {
                body.put("tool_choice", "none");
            }
        }
        if (order.temperature() != null) {
            body.put("temperature", order.temperature());
        }
        Integer maxTokens = maxTokens(order);
        if (maxTokens != null) {
            body.put(takes(ModelParameter.MAX_TOKENS) ? "max_tokens" : "max_completion_tokens", maxTokens);
        }
        body.put("stream", order.streams());
        if (order.streams() && takes(ModelParameter.STREAM_OPTIONS)) {
            body.putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    /** The request of OpenAI's embeddings. */
    public ObjectNode body(List<String> texts) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("model", view.upstreamModel());
        var input = body.putArray("input");
        texts.forEach(input::add);
        return body;
    }

    /** The maximum of output tokens, bounded by a fallback's own; null when neither caller nor model has a maximum. */
    private Integer maxTokens(GenerateRequest order) {
        if (order.maxTokens() == null || view.maxTokens() == null) {
            return order.maxTokens() == null ? view.maxTokens() : order.maxTokens();
        }
        return (Integer) Math.min(order.maxTokens(), view.maxTokens());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LiveModel[" + view.name() + "]";
    }
}
