package io.thespace.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote MCP server in plain JSON-RPC, on either wire, that can misbehave. */
final class RemoteMcp implements AutoCloseable {

    private static final String OBJECT = "{\"type\": \"object\"}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final boolean stateless;

    /** Sessions that it knows, each with the credential that opened it. */
    final Map<String, String> sessions = new ConcurrentHashMap<>();

    /** Every session that it ever opened. */
    final List<String> opened = new CopyOnWriteArrayList<>();

    /** The credentials that it takes; empty for any, and none. */
    final Set<String> credentials = ConcurrentHashMap.newKeySet();

    final AtomicInteger erasures = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final Map<String, String> tools = new ConcurrentHashMap<>();

    /** @param stateless whether it speaks the revision 2026-07-28, and no other */
    RemoteMcp(boolean stateless) throws IOException {
        this.stateless = stateless;
        tool("echo", "Says it again.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool("whoami", "Says who calls.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool(
                "note",
                "Writes a note.",
                OBJECT,
                "\"annotations\": {\"readOnlyHint\": false, \"destructiveHint\": false}");
        tool("erase", "Erases it all.", OBJECT, "\"annotations\": {\"destructiveHint\": true}");
        tool("fail", "Fails.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool("hang", "Never answers.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool("big", "Answers 10 MiB.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool("flood", "Never stops.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool("garbage", "Answers no JSON.", OBJECT, "\"annotations\": {\"readOnlyHint\": true}");
        tool(
                "lie",
                "Answers something else than it promises.",
                OBJECT,
                "\"annotations\": {\"readOnlyHint\": true}, \"outputSchema\": {\"type\": \"object\", \"properties\":"
                        + " {\"count\": {\"type\": \"integer\"}}, \"required\": [\"count\"]}");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mcp", this::serve);
        server.start();
    }

    /** Offers a tool. */
    void tool(String name, String description, String input, String more) {
        tools.put(
                name,
                "{\"name\": %s, \"description\": %s, \"inputSchema\": %s, %s}"
                        .formatted(Json.text(name), Json.text(description), input, more));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String credential = authorization == null ? "" : authorization.replace("Bearer ", "");
            if (!credentials.isEmpty() && !credentials.contains(credential)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
            if (exchange.getRequestMethod().equals("DELETE")) {
                sessions.remove(String.valueOf(session));
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            JsonNode message = Json.read(new String(body, StandardCharsets.UTF_8));
            if (stateless) {
                String version = exchange.getRequestHeaders().getFirst("MCP-Protocol-Version");
                boolean fits = "2026-07-28".equals(version)
                        && message.path("method")
                                .asText()
                                .equals(exchange.getRequestHeaders().getFirst("Mcp-Method"))
                        && message.at("/params/_meta").has("io.modelcontextprotocol/protocolVersion");
                if (!fits) {
                    json(exchange, 400, error(message, -32022, "Unsupported protocol version"));
                    return;
                }
                answer(exchange, message, credential, "");
            } else if (message.path("method").asText().equals("initialize")) {
                String id = UUID.randomUUID().toString();
                sessions.put(id, credential);
                opened.add(id);
                exchange.getResponseHeaders().set("Mcp-Session-Id", id);
                ObjectNode result = result(message);
                result.withObject("/result")
                        .put("protocolVersion", "2025-11-25")
                        .putObject("serverInfo")
                        .put("name", "remote")
                        .put("version", "1");
                capabilities(result);
                json(exchange, 200, result);
            } else if (session == null) {
                json(exchange, 400, error(message, -32000, "Send initialize first"));
            } else if (!sessions.containsKey(session)) {
                json(exchange, 404, error(message, -32001, "Session not found"));
            } else if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                answer(exchange, message, credential, session);
            }
        }
    }

    private static void capabilities(ObjectNode result) {
        ObjectNode capabilities = result.withObject("/result/capabilities");
        capabilities.putObject("tools");
        capabilities.putObject("prompts");
        capabilities.putObject("resources");
    }

    private void answer(HttpExchange exchange, JsonNode message, String credential, String session) throws IOException {
        ObjectNode answer = result(message);
        ObjectNode result = answer.withObject("/result");
        if (stateless) {
            result.put("resultType", "complete").put("ttlMs", 0).put("cacheScope", "private");
        }
        JsonNode params = message.path("params");
        switch (message.path("method").asText()) {
            case "server/discover" -> {
                result.putArray("supportedVersions").add("2026-07-28");
                capabilities(answer);
            }
            case "tools/list" -> page(params, result);
            case "tools/call" -> {
                call(exchange, params, answer, credential, session);
                return;
            }
            case "prompts/list" ->
                result.putArray("prompts").addObject().put("name", "greet").put("description", "Greets.");
            case "prompts/get" ->
                result.putArray("messages")
                        .addObject()
                        .put("role", "user")
                        .putObject("content")
                        .put("type", "text")
                        .put("text", "Greet " + params.at("/arguments/name").asText("all") + ".");
            case "resources/list" -> {
                ArrayNode resources = result.putArray("resources");
                resources.addObject().put("uri", "file:///reports/a.txt").put("name", "a");
                resources.addObject().put("uri", "file:///secret/b.txt").put("name", "b");
            }
            case "resources/templates/list" ->
                result.putArray("resourceTemplates")
                        .addObject()
                        .put("uriTemplate", "file:///reports/{name}")
                        .put("name", "report");
            case "resources/read" ->
                result.putArray("contents")
                        .addObject()
                        .put("uri", params.path("uri").asText())
                        .put("mimeType", "text/plain")
                        .put("text", "The content of " + params.path("uri").asText());
            default -> {
                json(exchange, 200, error(message, -32601, "Method not found"));
                return;
            }
        }
        json(exchange, 200, answer);
    }

    /** Eight tools a page, by name. */
    private void page(JsonNode params, ObjectNode result) {
        List<String> names = tools.keySet().stream().sorted().toList();
        int from = params.path("cursor").asInt(0);
        int to = Math.min(names.size(), from + 8);
        ArrayNode page = result.putArray("tools");
        names.subList(from, to).forEach(name -> page.add(Json.read(tools.get(name))));
        if (to < names.size()) {
            result.put("nextCursor", Integer.toString(to));
        }
    }

    private void call(HttpExchange exchange, JsonNode params, ObjectNode answer, String credential, String session)
            throws IOException {
        ObjectNode result = answer.withObject("/result");
        String text = params.at("/arguments/text").asText();
        switch (params.path("name").asText()) {
            case "echo" -> {
                content(result, text);
                result.withArray("/content")
                        .addObject()
                        .put("type", "resource_link")
                        .put("uri", "file:///reports/a.txt")
                        .put("name", "a");
                events(exchange, answer);
                return;
            }
            case "whoami" -> {
                content(result, credential);
                result.putObject("structuredContent").put("session", session).put("credential", credential);
            }
            case "erase" -> content(result, "Erased " + erasures.incrementAndGet());
            case "fail" -> {
                content(result, "There is no paper.");
                result.put("isError", true);
            }
            case "hang" -> {
                await();
                return;
            }
            case "big" -> content(result, "x".repeat(10 * 1024 * 1024));
            case "flood" -> {
                flood(exchange);
                return;
            }
            case "garbage" -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("{\"jsonrpc\": ".getBytes(StandardCharsets.UTF_8));
                return;
            }
            case "lie" -> {
                content(result, "many");
                result.putObject("structuredContent").put("count", "many");
            }
            default -> content(result, "Done: " + text);
        }
        json(exchange, 200, answer);
    }

    private void await() {
        try {
            ending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flood(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        byte[] event =
                ("event: message\ndata: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/message\", \"params\":"
                                + " {\"level\": \"info\", \"data\": \"" + "x".repeat(1000) + "\"}}\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            while (ending.getCount() > 0) {
                out.write(event);
            }
        }
    }

    private static void content(ObjectNode result, String text) {
        result.putArray("content").addObject().put("type", "text").put("text", text);
    }

    private static ObjectNode result(JsonNode message) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.path("id"));
        answer.putObject("result");
        return answer;
    }

    private static ObjectNode error(JsonNode message, int code, String text) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.path("id"));
        answer.putObject("error").put("code", code).put("message", text);
        return answer;
    }

    private static void json(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** A notification, and then the answer, on a stream that stays open. */
    private void events(HttpExchange exchange, JsonNode answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(("event: message\ndata: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/message\"}\n\n"
                        + "event: message\ndata: " + answer + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        await();
    }

    @Override
    public void close() {
        ending.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
