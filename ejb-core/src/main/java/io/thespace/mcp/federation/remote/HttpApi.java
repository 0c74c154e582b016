package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.mcp.federation.StoredServer;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.outside.HttpCalls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Operations of an HTTP API as tools: each call is a request by a route of the gateway, with the route's roles and limits. */
final class HttpApi implements Backend {

    private final StoredServer stored;
    private final HttpCalls calls;

    HttpApi(StoredServer stored, HttpCalls calls) {
        this.stored = stored;
        this.calls = calls;
    }

    @Override
    public String name() {
        return stored.view().name();
    }

    @Override
    public boolean enabled() {
        return stored.view().enabled();
    }

    @Override
    public List<ServerItem> items() {
        return enabled() ? stored.items() : List.of();
    }

    @Override
    public ObjectNode request(Actor actor, String method, ObjectNode params, String about) {
        JsonNode call = items().stream()
                .filter(item -> method.equals("tools/call") && item.name().equals(about))
                .map(item -> item.accepted().path("call"))
                .findFirst()
                .orElseThrow(() ->
                        new Rejection(FederationError.SERVER_REFUSED, "The API %s has tools alone.".formatted(name())));
        JsonNode arguments = params.path("arguments");
        ObjectNode answer = calls.call(
                actor,
                call.path("method").asText(),
                stored.view().openapi().route() + path(call, arguments) + query(call, arguments),
                body(call, arguments),
                UUID.randomUUID().toString());
        ObjectNode result = Json.MAPPER.createObjectNode();
        JsonNode body = answer.path("body");
        result.putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", body.isTextual() ? body.asText() : body.toString());
        if (body.isObject()) {
            result.set("structuredContent", body);
        }
        return result;
    }

    private static String path(JsonNode call, JsonNode arguments) {
        String path = call.path("path").asText();
        for (JsonNode name : call.path("path_parameters")) {
            JsonNode value = arguments.path(name.asText());
            if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
                throw invalid("%s must be a single value".formatted(name.asText()));
            }
            path = path.replace("{" + name.asText() + "}", encoded(value.asText()));
        }
        return path;
    }

    private static String query(JsonNode call, JsonNode arguments) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode name : call.path("query_parameters")) {
            JsonNode value = arguments.path(name.asText());
            for (JsonNode one :
                    value.isArray() ? value : Json.MAPPER.createArrayNode().add(value)) {
                if (one.isContainerNode()) {
                    throw invalid("%s must be a single value, or a list of them".formatted(name.asText()));
                }
                if (!one.isNull() && !one.isMissingNode()) {
                    pairs.add(encoded(name.asText()) + "=" + encoded(one.asText()));
                }
            }
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static ObjectNode body(JsonNode call, JsonNode arguments) {
        JsonNode body = arguments.path("body");
        if (!call.path("body").asBoolean(false) || body.isMissingNode()) {
            return Json.MAPPER.createObjectNode();
        }
        if (body instanceof ObjectNode members) {
            return members;
        }
        throw invalid("body must be an object");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Rejection invalid(String why) {
        return new Rejection(FederationError.SERVER_REFUSED, "The arguments do not fit: %s.".formatted(why));
    }
}
