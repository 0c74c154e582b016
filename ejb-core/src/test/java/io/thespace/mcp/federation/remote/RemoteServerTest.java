package io.thespace.mcp.federation.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.outbound.TestOutbound;
import io.thespace.identity.key.Sealing;
import io.thespace.json.Json;
import io.thespace.mcp.federation.CredentialUse;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.McpWire;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.mcp.federation.StoredServer;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of callers to a remote server, over real sockets. */
class RemoteServerTest {

    private static final Actor PLATFORM = Actor.platform(null, "test");

    private final TestOutbound outbound = new TestOutbound();
    private final Sealing sealing = new Sealing(new byte[32]);
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final UpstreamSessions store = new UpstreamSessions() {
        @Override
        public Optional<byte[]> find(Actor actor, String server) {
            return Optional.ofNullable(kept.get(actor.userId() + server));
        }

        @Override
        public byte[] replace(Actor actor, String server, byte[] before, byte[] sealed) {
            kept.put(actor.userId() + server, sealed);
            return sealed;
        }
    };
    private HttpServer http;
    private boolean stateless;
    private boolean refusing;
    private boolean breakingOff;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/mcp", this::serve);
        http.start();
    }

    @AfterEach
    void stop() {
        ending.countDown();
        http.stop(0);
        threads.shutdownNow();
        outbound.close();
    }

    private static Actor caller() {
        return new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "test", null, null, false);
    }

    private RemoteServer server(McpWire negotiated) {
        return server(negotiated, http);
    }

    private RemoteServer server(McpWire negotiated, HttpServer at) {
        String url = "http://127.0.0.1:" + at.getAddress().getPort() + "/mcp";
        McpServerView view = new McpServerView(
                "files",
                "remote",
                "Files",
                "",
                true,
                new McpServerView.RemoteView(url, CredentialUse.SHARED, null, null, 1_000, 4, 300),
                null,
                null,
                false,
                false,
                new McpServerView.RemoteState("ok", negotiated, 1, 0, Instant.EPOCH, null, null),
                Instant.EPOCH,
                Instant.EPOCH);
        return new RemoteServer(
                new StoredServer(view, null, List.of()),
                outbound.requests().server("the MCP server files", URI.create(url), 1_000, 4),
                sealing,
                null,
                store);
    }

    private static ObjectNode call(RemoteServer server, Actor actor, String tool) {
        return server.request(
                actor, "tools/call", Json.MAPPER.createObjectNode().put("name", tool), tool);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = Json.MAPPER.readTree(exchange.getRequestBody());
            String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
            String method = message.path("method").asText();
            boolean modern = exchange.getRequestHeaders().containsKey("Mcp-Method");
            if (refusing) {
                exchange.sendResponseHeaders(401, -1);
            } else if (exchange.getRequestMethod().equals("DELETE") && breakingOff) {
                // Closed without an answer.
                return;
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                sessions.remove(session);
                exchange.sendResponseHeaders(204, -1);
            } else if (stateless != modern) {
                json(
                        exchange,
                        400,
                        "{\"jsonrpc\": \"2.0\", \"id\": null, \"error\": {\"code\": -32000, \"message\": \"No.\"}}");
            } else if (method.equals("initialize")) {
                String id = UUID.randomUUID().toString();
                sessions.add(id);
                exchange.getResponseHeaders().set("Mcp-Session-Id", id);
                result(exchange, "{\"protocolVersion\": \"2025-06-18\", \"capabilities\": {\"tools\": {}}}");
            } else if (!stateless && !sessions.contains(String.valueOf(session))) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                answer(exchange, message, session);
            }
        }
    }

    private void answer(HttpExchange exchange, JsonNode message, String session) throws IOException {
        switch (message.path("method").asText() + " "
                + message.at("/params/name").asText()) {
            case "server/discover " ->
                result(exchange, "{\"supportedVersions\": [\"2026-07-28\"], \"capabilities\": {\"tools\": {}}}");
            case "tools/list " ->
                result(
                        exchange,
                        "{\"tools\": [{\"name\": \"echo\", \"icons\": [], \"inputSchema\": {\"type\": \"object\"}},"
                                + " {\"name\": \"no schema\", \"inputSchema\": {}}]}");
            case "tools/call stream" -> {
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                OutputStream out = exchange.getResponseBody();
                out.write("data: {\"jsonrpc\": \"2.0\", \"id\": \"1\", \"result\": {\"content\": []}}\n\n"
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                await();
            }
            case "tools/call hang" -> await();
            case "tools/call big" -> result(exchange, "{\"content\": \"" + "x".repeat(10_485_760) + "\"}");
            case "tools/call garbage" -> json(exchange, 200, "<html>");
            case "tools/call input" -> result(exchange, "{\"resultType\": \"input_required\"}");
            case "tools/call broken" -> json(exchange, 503, "");
            default -> result(exchange, "{\"session\": \"" + session + "\"}");
        }
    }

    private void await() {
        try {
            ending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void result(HttpExchange exchange, String result) throws IOException {
        json(exchange, 200, "{\"jsonrpc\": \"2.0\", \"id\": \"1\", \"result\": " + result + "}");
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void eachCallerGoesOnInItsOwnSession() {
        RemoteServer server = server(McpWire.SESSION);
        Map<Actor, String> seen = new HashMap<>();
        List<Actor> callers = List.of(caller(), caller());

        for (int i = 0; i < 3; i++) {
            for (Actor actor : callers) {
                String session = call(server, actor, "echo").path("session").asText();
                assertThat(seen.computeIfAbsent(actor, one -> session)).isEqualTo(session);
            }
        }
        assertThat(seen.values()).doesNotHaveDuplicates().hasSize(2);
        // Another node goes on with it.
        assertThat(call(server(McpWire.SESSION), callers.get(0), "echo")
                        .path("session")
                        .asText())
                .isEqualTo(seen.get(callers.get(0)));
    }

    @Test
    void aSessionIsKeptFromAnotherOrigin() throws IOException {
        Actor actor = caller();
        String before =
                call(server(McpWire.SESSION), actor, "echo").path("session").asText();
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/mcp", exchange -> {
            sent.add(String.valueOf(exchange.getRequestHeaders().getFirst("Mcp-Session-Id")));
            serve(exchange);
        });
        other.start();
        try {
            String session = call(server(McpWire.SESSION, other), actor, "echo")
                    .path("session")
                    .asText();

            assertThat(session).isNotEqualTo(before).isIn(sessions);
            assertThat(sent.peek()).isEqualTo("null");
            assertThat(sent).doesNotContain(before);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aSessionThatDoesNotEndSpoilsNoReading() {
        breakingOff = true;

        ServerReader.Found found = new ServerReader(server(null), PLATFORM).read();

        assertThat(found.items().get(ServerItem.TOOL)).containsOnlyKeys("echo");
    }

    @Test
    void aSessionThatHasEndedIsOpenedAgainOnce() {
        RemoteServer server = server(McpWire.SESSION);
        Actor actor = caller();
        String before = call(server, actor, "echo").path("session").asText();

        sessions.clear();

        assertThat(call(server, actor, "echo").path("session").asText())
                .isNotEqualTo(before)
                .isIn(sessions);
        assertThat(sessions).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, STATELESS", "false, SESSION"})
    void theWireIsNegotiatedWhenTheListsAreRead(boolean modern, McpWire wire) {
        stateless = modern;

        ServerReader.Found found = new ServerReader(server(null), PLATFORM).read();

        assertThat(found.wire()).isEqualTo(wire);
        assertThat(found.items().get(ServerItem.TOOL)).containsOnlyKeys("echo");
        assertThat(found.items().get(ServerItem.TOOL).get("echo").has("icons")).isFalse();
        assertThat(found.remark()).contains("no schema");
        assertThat(sessions).isEmpty();
        assertThat(call(server(wire), caller(), "echo").has("session")).isTrue();
    }

    @Test
    void aStreamIsNotReadBehindTheResponse() {
        RemoteServer server = server(McpWire.SESSION);
        Actor actor = caller();
        for (int i = 0; i < 10; i++) {
            assertThat(call(server, actor, "stream").path("content").isArray()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hang, UPSTREAM_TIMEOUT",
        "big, SERVER_ANSWER_TOO_LARGE",
        "garbage, SERVER_ANSWER_INVALID",
        "broken, SERVER_ANSWER_INVALID"
    })
    void whatGoesWrongIsARefusal(String tool, String code) {
        RemoteServer server = server(McpWire.SESSION);
        Actor actor = caller();
        assertThatThrownBy(() -> call(server, actor, tool)).isInstanceOfSatisfying(Rejection.class, refusal -> {
            assertThat(refusal.code().name()).isEqualTo(code);
            assertThat(refusal.getMessage()).contains("files").hasSizeLessThan(600);
        });
        assertThat(call(server, actor, "echo").has("session")).isTrue();
    }

    @Test
    void whatNeedsInputIsRefused() {
        stateless = true;
        assertThat(refused(server(McpWire.STATELESS), "input")).isEqualTo(FederationError.SERVER_ANSWER_INVALID);
    }

    @Test
    void aRefusedCredentialIsNoFailureOfTheServer() {
        RemoteServer server = server(McpWire.SESSION);
        refusing = true;
        for (int i = 0; i < 20; i++) {
            assertThat(refused(server, "echo")).isEqualTo(FederationError.CREDENTIAL_REFUSED);
        }
        refusing = false;
        assertThat(call(server, caller(), "echo").has("session")).isTrue();
    }

    @Test
    void aServerThatFailsIsLeftAlone() {
        RemoteServer server = server(McpWire.SESSION);
        http.stop(0);
        for (int i = 0; i < 5; i++) {
            assertThat(refused(server, "echo")).isEqualTo(GatewayError.UPSTREAM_UNREACHABLE);
        }
        assertThat(refused(server, "echo")).isEqualTo(GatewayError.UPSTREAM_RESTING);
        assertThat(server.rests()).isPositive();
    }

    private static ErrorCode refused(RemoteServer server, String tool) {
        try {
            call(server, caller(), tool);
        } catch (Rejection refusal) {
            return refusal.code();
        }
        throw new AssertionError("The call was not refused");
    }
}
