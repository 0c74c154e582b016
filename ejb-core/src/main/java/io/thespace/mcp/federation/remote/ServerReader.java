package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpWire;
import io.thespace.mcp.federation.Pin;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which tools and prompts a remote server offers, with the platform's own session. */
final class ServerReader {

    /** For everything that is read of a server. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int MAX_PAGES = 20;
    private static final int MAX_ITEMS = 250;
    private static final int MAX_DEFINITION = 65_536;
    private static final int MAX_REMARKS = 5;

    /** With a prefix it has at most 128 characters. */
    private static final String NAME = "[A-Za-z0-9_./-]{1,95}";

    private final RemoteServer server;
    private final RemoteConnection connection;
    private final long end = System.nanoTime() + LIMIT.toNanos();
    private final List<String> remarks = new ArrayList<>();

    ServerReader(RemoteServer server, Actor platform) {
        this.server = server;
        this.connection = server.ofPlatform(platform);
    }

    /**
     * The result of a reading.
     *
     * @param items definitions by kind and then name
     * @param remark what was skipped, and why; null for nothing
     */
    record Found(McpWire wire, Map<String, Map<String, ObjectNode>> items, String remark) {}

    /**
     * Reads everything.
     *
     * @throws Rejection as {@link RemoteConnection}; {@code SERVER_ANSWER_INVALID} for a server that offers too much
     */
    Found read() {
        McpWire wire = server.fixedWire();
        if (wire != McpWire.SESSION && connection.discovered()) {
            return found(McpWire.STATELESS, null);
        }
        if (wire == McpWire.STATELESS) {
            throw new Rejection(
                    FederationError.SERVER_ANSWER_INVALID,
                    "The server %s does not speak %s.".formatted(server.name(), RemoteConnection.STATELESS));
        }
        RemoteConnection.Session session = connection.open();
        try {
            return found(McpWire.SESSION, session);
        } finally {
            connection.close(session);
        }
    }

    private Found found(McpWire wire, RemoteConnection.Session session) {
        Map<String, Map<String, ObjectNode>> items = new LinkedHashMap<>();
        items.put(ServerItem.TOOL, list(wire, session, "tools", ServerItem.TOOL));
        items.put(ServerItem.PROMPT, list(wire, session, "prompts", ServerItem.PROMPT));
        return new Found(wire, items, remarks.isEmpty() ? null : String.join(" ", remarks));
    }

    private Map<String, ObjectNode> list(McpWire wire, RemoteConnection.Session session, String member, String kind) {
        Map<String, ObjectNode> definitions = new LinkedHashMap<>();
        if (!connection.offers(member)) {
            return definitions;
        }
        String cursor = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            if (System.nanoTime() - end > 0) {
                throw refused("took longer than %d seconds to be read".formatted(LIMIT.toSeconds()));
            }
            ObjectNode params = Json.MAPPER.createObjectNode();
            if (cursor != null) {
                params.put("cursor", cursor);
            }
            ObjectNode result = connection
                    .request(wire, session, member + "/list", params, null)
                    .orElseThrow(() -> refused("ended its session while it was read"));
            for (JsonNode sent : result.path(member)) {
                keep(kind, sent, definitions);
            }
            if (!result.hasNonNull("nextCursor")) {
                return definitions;
            }
            cursor = result.path("nextCursor").asText();
        }
        throw refused("has more than %d pages of %s".formatted(MAX_PAGES, member));
    }

    private void keep(String kind, JsonNode sent, Map<String, ObjectNode> definitions) {
        String name = sent.path("name").asText();
        Optional<String> fault = fault(kind, name, sent);
        if (fault.isPresent()) {
            remark("%s %s is left out: %s.".formatted(kind, RemoteConnection.shown(name), fault.get()));
        } else if (definitions.containsKey(name)) {
            remark("A second %s %s is left out.".formatted(kind, name));
        } else if (definitions.size() == MAX_ITEMS) {
            throw refused("offers more than %d of a kind".formatted(MAX_ITEMS));
        } else {
            definitions.put(name, Pin.of(kind, sent));
        }
    }

    private static Optional<String> fault(String kind, String name, JsonNode sent) {
        if (!name.matches(NAME)) {
            return Optional.of("a name has up to 95 letters, digits and _ . / -");
        }
        if (Pin.text(Pin.of(kind, sent)).length() > MAX_DEFINITION) {
            return Optional.of("its definition has more than %d characters".formatted(MAX_DEFINITION));
        }
        if (kind.equals(ServerItem.TOOL)) {
            JsonNode output = sent.path("outputSchema");
            if (!object(sent.path("inputSchema")) || !(output.isMissingNode() || object(output))) {
                return Optional.of("its schemas are not those of objects");
            }
            if (refersOutside(sent.path("inputSchema")) || refersOutside(output)) {
                return Optional.of("its schemas refer to other documents");
            }
        }
        return Optional.empty();
    }

    private static boolean object(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        JsonNode required = schema.path("required");
        return schema.path("type").asText().equals("object")
                && (properties.isMissingNode() || properties.isObject())
                && (required.isMissingNode() || required.isArray());
    }

    private static boolean refersOutside(JsonNode schema) {
        return schema.findValues("$ref").stream()
                .anyMatch(target -> target.isTextual() && !target.asText().startsWith("#"));
    }

    private void remark(String text) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(text);
        }
    }

    private Rejection refused(String why) {
        return new Rejection(FederationError.SERVER_ANSWER_INVALID, "The server %s %s.".formatted(server.name(), why));
    }
}
