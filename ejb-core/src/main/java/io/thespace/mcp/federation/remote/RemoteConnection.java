package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.configuration.Version;
import io.thespace.gateway.outbound.OutboundServer;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.log.Log;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpWire;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests of one caller to a remote server, over Streamable HTTP. The client offers no capabilities, so the server has nothing to
 * request of it.
 */
final class RemoteConnection {

    private static final Log LOG = Log.of(RemoteConnection.class);

    static final String STATELESS = "2026-07-28";

    /** The revision that a session is opened with; a server may answer with the one before. */
    private static final String LATEST = "2025-11-25";

    private static final List<String> SESSION_VERSIONS = List.of(LATEST, "2025-06-18", "2025-03-26");

    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String META = "io.modelcontextprotocol/";
    private static final int MAX_SENTENCE = 500;
    private static final int MAX_SESSION_ID = 1_000;

    /** A session at the server, as a node keeps it: the revision, and the id unless the server gives none. */
    record Session(String version, String id) {

        String text() {
            return version + " " + (id == null ? "" : id);
        }

        static Session of(String text) {
            int end = text.indexOf(' ');
            return new Session(text.substring(0, end), end == text.length() - 1 ? null : text.substring(end + 1));
        }
    }

    private final String name;
    private final OutboundServer server;
    private final Actor actor;
    private final String credential;
    private final int maxBytes;
    private JsonNode capabilities = MissingNode.getInstance();

    /**
     * @param credential null for none
     * @param maxBytes of an answer
     */
    RemoteConnection(String name, OutboundServer server, Actor actor, String credential, int maxBytes) {
        this.name = name;
        this.server = server;
        this.actor = actor;
        this.credential = credential;
        this.maxBytes = maxBytes;
    }

    /**
     * Whether the server supports the stateless wire.
     *
     * @throws Rejection as {@link OutboundServer#send}; {@code CREDENTIAL_REFUSED}
     */
    boolean discovered() {
        RpcReader reader = stateless("server/discover", Json.MAPPER.createObjectNode(), null);
        refuseCredential(reader);
        JsonNode response = reader.response();
        if (response == null || reader.status() != 200) {
            return false;
        }
        for (JsonNode version : response.path("result").path("supportedVersions")) {
            if (version.asText().equals(STATELESS)) {
                capabilities = response.path("result").path("capabilities");
                return true;
            }
        }
        return false;
    }

    /**
     * Opens a session.
     *
     * @throws Rejection as {@link OutboundServer#send}; {@code CREDENTIAL_REFUSED}, {@code SERVER_REFUSED}, {@code
     *     SERVER_ANSWER_INVALID}, {@code SERVER_ANSWER_TOO_LARGE}
     */
    Session open() {
        ObjectNode params = Json.MAPPER.createObjectNode().put("protocolVersion", LATEST);
        params.putObject("capabilities");
        client(params.putObject("clientInfo"));
        RpcReader reader = send("POST", List.of(), message("initialize", params));
        JsonNode result = result(reader);
        String version = result.path("protocolVersion").asText();
        String id = reader.header(SESSION_ID).orElse(null);
        if (!SESSION_VERSIONS.contains(version) || (id != null && !id.matches("[!-~]{1," + MAX_SESSION_ID + "}"))) {
            throw invalid("opened a session of an unknown revision, or without a usable id");
        }
        capabilities = result.path("capabilities");
        Session session = new Session(version, id);
        ObjectNode initialized =
                Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized");
        send("POST", headers(session), bytes(initialized));
        return session;
    }

    /** Whether the server declared a capability at discovery, or when the session was opened. */
    boolean offers(String capability) {
        return capabilities.has(capability);
    }

    /** Ends a session; a server may keep it all the same, and what the session was for does not fail because of that. */
    void close(Session session) {
        if (session.id() != null) {
            try {
                send("DELETE", headers(session), new byte[0]);
            } catch (Rejection e) {
                LOG.info(
                        "Session at an MCP server could not be ended",
                        "server",
                        name,
                        "error",
                        e.code().name());
            }
        }
    }

    /**
     * Sends a request and waits for its result.
     *
     * @param wire the wire of the server
     * @param session null on the stateless wire
     * @param about the tool, prompt or resource of the request; null for none
     * @return the result, an object; empty when the session no longer exists at the server
     * @throws Rejection as {@link #open}
     */
    Optional<ObjectNode> request(McpWire wire, Session session, String method, ObjectNode params, String about) {
        if (wire == McpWire.STATELESS) {
            ObjectNode result = result(stateless(method, params, about));
            if (!result.path("resultType").asText("complete").equals("complete")) {
                throw invalid("needs input of the user, which cannot be passed on");
            }
            result.remove(List.of("resultType", "ttlMs", "cacheScope"));
            return Optional.of(result);
        }
        RpcReader reader = send("POST", headers(session), message(method, params));
        if (reader.status() == 404 && session.id() != null) {
            return Optional.empty();
        }
        return Optional.of(result(reader));
    }

    private RpcReader stateless(String method, ObjectNode params, String about) {
        ObjectNode meta = params.withObject("/_meta");
        meta.put(META + "protocolVersion", STATELESS);
        meta.putObject(META + "clientCapabilities");
        client(meta.putObject(META + "clientInfo"));
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry(VERSION, STATELESS));
        headers.add(Map.entry("Mcp-Method", method));
        if (about != null) {
            headers.add(Map.entry("Mcp-Name", headerValue(about)));
        }
        return send("POST", headers, message(method, params));
    }

    /** Encodes a header value: anything but visible ASCII is in base64, as the protocol revision requires. */
    private static String headerValue(String text) {
        return text.matches("[!-~]([ -~]*[!-~])?") && !text.startsWith("=?base64?")
                ? text
                : "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static void client(ObjectNode info) {
        info.put("name", "the-space").put("version", Version.TEXT);
    }

    private static List<Map.Entry<String, String>> headers(Session session) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry(VERSION, session.version()));
        Optional.ofNullable(session.id()).ifPresent(id -> headers.add(Map.entry(SESSION_ID, id)));
        return headers;
    }

    private static byte[] message(String method, ObjectNode params) {
        ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        message.put("id", "1").put("method", method).set("params", params);
        return bytes(message);
    }

    private static byte[] bytes(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private RpcReader send(String method, List<Map.Entry<String, String>> more, byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(more);
        headers.add(Map.entry("Accept", "application/json, text/event-stream"));
        if (body.length > 0) {
            headers.add(Map.entry("Content-Type", "application/json"));
        }
        if (credential != null) {
            headers.add(Map.entry("Authorization", "Bearer " + credential));
        }
        RpcReader reader = new RpcReader("1", maxBytes);
        server.send(actor, method, headers, body, reader);
        if (reader.tooLarge()) {
            throw new Rejection(
                    FederationError.SERVER_ANSWER_TOO_LARGE,
                    "The server %s answered with more than %d bytes. Ask for less.".formatted(name, maxBytes));
        }
        return reader;
    }

    private void refuseCredential(RpcReader reader) {
        if (reader.status() == 401 || reader.status() == 403) {
            throw new Rejection(
                    FederationError.CREDENTIAL_REFUSED,
                    "The server %s rejected the credential with %d. Deposit another one, or ask an administrator to."
                            .formatted(name, reader.status()));
        }
    }

    private ObjectNode result(RpcReader reader) {
        refuseCredential(reader);
        JsonNode error = reader.error();
        if (error != null) {
            throw new Rejection(
                    FederationError.SERVER_REFUSED,
                    "The server %s rejected the request: %s"
                            .formatted(name, shown(error.at("/error/message").asText("without a reason"))));
        }
        if (reader.response() != null
                && reader.status() == 200
                && reader.response().path("result") instanceof ObjectNode result) {
            return result;
        }
        throw invalid("answered %d without a response of the protocol".formatted(reader.status()));
    }

    private Rejection invalid(String why) {
        return new Rejection(FederationError.SERVER_ANSWER_INVALID, "The server %s %s.".formatted(name, why));
    }

    /** Formats a server's text as one line of bounded length. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_SENTENCE ? Texts.truncate(line, MAX_SENTENCE) + "…" : line;
    }
}
