package io.thespace.workflow.outside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.CollectedAnswer;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.live.Gateway;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.limit.Allowances;
import io.thespace.limit.Limits;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** HTTP requests of steps, by the gateway's routes. */
@ApplicationScoped
public class HttpCalls {

    /** The detail of a refusal that is the answer's status. */
    public static final String STATUS = "status";

    /** The maximum size of a step's output. */
    private static final int MAX_BYTES = 100_000;

    /** How long a call waits for its answer; below the two minutes that a step may take. */
    public static final Duration LIMIT = Duration.ofSeconds(100);

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");
    private static final Set<Integer> BETTER_LATER = Set.of(408, 425, 429);
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{0,8192}");
    private static final int MAX_SHOWN = 200;

    private Gateway gateway;
    private Limits limits;

    HttpCalls() {}

    @Inject
    HttpCalls(Gateway gateway, Limits limits) {
        this.gateway = gateway;
        this.limits = limits;
    }

    /**
     * Sends a request and waits for its response.
     *
     * @param target the path behind {@code /api/v1/gateway}, with an optional query
     * @param input the body of POST, PUT and PATCH
     * @param key sent as {@code Idempotency-Key}
     * @return {@code {"status", "body"}}; a body that is not JSON as text
     * @throws Rejection of {@link OutsideError}, or of the gateway's
     */
    public ObjectNode call(Actor actor, String method, String target, ObjectNode input, String key) {
        int mark = target.indexOf('?');
        String query = mark < 0 ? null : target.substring(mark + 1);
        GatewayPath path = GatewayPath.read(mark < 0 ? target : target.substring(0, mark), "");
        if (query != null && !QUERY.matcher(query).matches()) {
            throw new Rejection(
                    OutsideError.STEP_INPUT_INVALID,
                    "The query holds a character that must be percent-encoded, or is longer than 8192 characters.");
        }
        LiveRoute route = gateway.find(path)
                .orElseThrow(() -> new Rejection(
                        GatewayError.NO_ROUTE, "The gateway has no route to %s.".formatted(shown(target))));
        route.admit(method, actor);
        Allowances allowances = limits.take(LimitClass.NONE, actor, route.limits(actor));
        if (!allowances.allowed()) {
            throw allowances.refusal(EndpointError.TOO_MANY_CALLS);
        }
        CollectedAnswer answer = new CollectedAnswer(MAX_BYTES + 1);
        Carriage carriage = gateway.forward(route, request(actor, method, path, query, input, key), answer);
        answer.await(LIMIT);
        carriage.abandon();
        return output(method + " " + shown(target), answer);
    }

    private static GatewayRequest request(
            Actor actor, String method, GatewayPath path, String query, ObjectNode input, String key) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                List.of(Map.entry("Accept", "application/json, */*;q=0.5"), Map.entry("Idempotency-Key", key)));
        byte[] body =
                WITHOUT_BODY.contains(method) ? new byte[0] : input.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            headers.add(Map.entry("Content-Type", "application/json"));
        }
        return new GatewayRequest(
                actor,
                method,
                path,
                query,
                headers,
                body.length,
                body.length == 0 ? null : BodyPublishers.ofByteArray(body),
                "https",
                null);
    }

    private static ObjectNode output(String call, CollectedAnswer answer) {
        if (answer.refusal() != null) {
            throw answer.refusal();
        }
        if (answer.cut()) {
            throw new Rejection(
                    OutsideError.HTTP_ANSWER_TOO_LARGE,
                    "%s answered with more than %d bytes.".formatted(call, MAX_BYTES));
        }
        if (answer.status() == null || !answer.whole()) {
            throw new Rejection(OutsideError.OUTSIDE_LATE, "%s gave no whole answer in time.".formatted(call));
        }
        int status = answer.status();
        if (status < 200 || status > 299) {
            boolean refused = status >= 300 && status <= 499 && !BETTER_LATER.contains(status);
            throw new Rejection(
                    refused ? OutsideError.HTTP_REFUSED : OutsideError.HTTP_FAILED,
                    "%s answered %d: %s".formatted(call, status, shown(answer.text())),
                    List.of(new FieldError(STATUS, Integer.toString(status))));
        }
        ObjectNode output = Json.MAPPER.createObjectNode().put("status", status);
        output.set("body", json(answer.text()));
        return output;
    }

    private static JsonNode json(String text) {
        try {
            JsonNode tree = text.isBlank() ? null : Json.MAPPER.readTree(text);
            return tree == null ? Json.MAPPER.nullNode() : tree;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static String shown(String text) {
        return text.length() > MAX_SHOWN ? Texts.truncate(text, MAX_SHOWN) + "…" : text;
    }
}
