package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Client;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Calls endpoints by the names that they declare as actions. Parameters and members of the body are passed as one
 * object; a parameter takes precedence over a member of the same name. Parameters and the body's members come as one
 * object; a parameter goes before a member of the same name.
 */
@ApplicationScoped
public class Actions {

    private static final byte[] NOTHING = {};

    private Routes routes;
    private Pipeline pipeline;

    Actions() {}

    @Inject
    Actions(Routes routes, Pipeline pipeline) {
        this.routes = routes;
        this.pipeline = pipeline;
    }

    /**
     * Calls an action as the actor.
     *
     * @param plugin its id in {@code snake_case} or {@code kebab-case}
     * @param idempotencyKey null for none
     * @param mapper writes the params; whatever classes they have it remembers
     * @return the action's answer as it is
     * @throws Rejection {@code UNKNOWN_ACTION}; {@code INVALID_REQUEST} naming params that are unknown, missing or malformed;
     *     and as {@link Pipeline#call}
     */
    public Answer call(
            Actor actor,
            String plugin,
            String action,
            Map<String, ?> params,
            String idempotencyKey,
            ObjectMapper mapper) {
        return call(actor, route(plugin, action), params, idempotencyKey, mapper);
    }

    /**
     * As {@link #call(Actor, String, String, Map, String, ObjectMapper)}, for a step of a workflow.
     *
     * @param workflow the id of the run's workflow, which may have requested the call's approval
     */
    public Answer callByWorkflow(
            String workflow, Actor actor, String plugin, String action, Map<String, ?> params, String idempotencyKey) {
        Route route = route(plugin, action);
        pipeline.admit(route.endpoint(), actor);
        Request request = request(route.endpoint(), params, idempotencyKey, Json.MAPPER);
        return pipeline.call(new CallContext(route, actor, request).byWorkflow(workflow));
    }

    private Route route(String plugin, String action) {
        return routes.action(plugin.replace('-', '_'), action)
                .filter(Route::ofPlugin)
                .orElseThrow(() -> new Rejection(
                        EndpointError.UNKNOWN_ACTION,
                        "There is no action %s of an enabled plugin %s.".formatted(action, plugin)));
    }

    /**
     * Calls an endpoint as the actor.
     *
     * @param idempotencyKey null for none
     * @param mapper writes the params; whatever classes they have it remembers
     * @return the endpoint's answer as it is
     * @throws Rejection {@code INVALID_REQUEST} naming params that are unknown, missing or malformed; and as
     *     {@link Pipeline#call}
     */
    public Answer call(Actor actor, Route route, Map<String, ?> params, String idempotencyKey, ObjectMapper mapper) {
        return call(actor, route, params, idempotencyKey, mapper, NoClient.INSTANCE, new Cancellation());
    }

    /**
     * As {@link #call(Actor, Route, Map, String, ObjectMapper)}.
     *
     * @param client the client; used on the handler's thread
     * @throws Rejection {@code CALL_CANCELLED}, {@code INPUT_REQUIRED}
     */
    public Answer call(
            Actor actor,
            Route route,
            Map<String, ?> params,
            String idempotencyKey,
            ObjectMapper mapper,
            Client client,
            Cancellation cancellation) {
        pipeline.admit(route.endpoint(), actor);
        CallContext call = new CallContext(route, actor, request(route.endpoint(), params, idempotencyKey, mapper));
        return pipeline.call(call.of(client, cancellation));
    }

    private static Request request(
            Endpoint<?> endpoint, Map<String, ?> params, String idempotencyKey, ObjectMapper mapper) {
        Map<String, Object> left = new LinkedHashMap<>(params);
        Map<String, String> path = new HashMap<>();
        Map<String, String> query = new HashMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (Parameter parameter : endpoint.parameters()) {
            if (parameter.in() == Parameter.In.HEADER) {
                continue;
            }
            Object value = left.remove(parameter.name());
            boolean inQuery = parameter.in() == Parameter.In.QUERY;
            if (value != null && !scalar(value)) {
                errors.add(new FieldError(parameter.name(), "TYPE", "must be a single value"));
            } else if (value != null && !inQuery && !fits(parameter, value.toString())) {
                errors.add(new FieldError(parameter.name(), "FORMAT", "cannot stand in a path"));
            } else if (value != null) {
                (inQuery ? query : path).put(parameter.name(), value.toString());
            } else if (!inQuery) {
                errors.add(new FieldError(parameter.name(), "REQUIRED", "is missing"));
            }
        }
        if (endpoint.answer().form() == Endpoint.Shape.Form.PAGE) {
            for (String name : Parameters.OF_PAGES) {
                Object value = left.remove(name);
                if (value != null) {
                    query.put(name, value.toString());
                }
            }
        }
        // The body's own decoder rejects unknown members.
        if (endpoint.bodyType() == Void.class) {
            left.keySet().forEach(name -> errors.add(new FieldError(name, "UNKNOWN", "is not a known member")));
        }
        if (!errors.isEmpty()) {
            throw Decoder.invalid(errors);
        }
        return new Request(path, query, body(endpoint, left, mapper), idempotencyKey, null);
    }

    private static byte[] body(Endpoint<?> endpoint, Map<String, Object> members, ObjectMapper mapper) {
        if (endpoint.bodyType() == Void.class) {
            return NOTHING;
        }
        try {
            return mapper.writeValueAsBytes(members);
        } catch (JsonProcessingException unwritable) {
            return scientific(endpoint, members, mapper);
        }
    }

    /** A number that has too many digits to be written plainly; the body's decoder refuses it by its path. */
    private static byte[] scientific(Endpoint<?> endpoint, Map<String, Object> members, ObjectMapper mapper) {
        try {
            return mapper.writer()
                    .without(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The params of " + endpoint.action() + " cannot be written as JSON", e);
        }
    }

    private static boolean scalar(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof Enum<?>
                || value instanceof java.time.Instant;
    }

    /** Whether the value could also have been sent in a URL's path. */
    private static boolean fits(Parameter parameter, String value) {
        return parameter.in() == Parameter.In.TAIL
                ? RouteTable.plain(Arrays.asList(Pattern.compile("/").split(value, -1)))
                : !value.isEmpty();
    }
}
