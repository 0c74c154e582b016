package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A client of the MCP server that writes its messages by hand. */
abstract sealed class McpClient {

    static final String PATH = "/api/mcp";

    final Caller caller;
    final String path;

    private McpClient(Caller caller, String path) {
        this.caller = caller;
        this.path = path;
    }

    /** Opens a session of a client that can be asked nothing. */
    static McpClient session(Caller caller, String version) {
        return session(caller, version, PATH);
    }

    /** Opens a session of the server at a path. */
    static McpClient session(Caller caller, String version, String path) {
        return opened(caller, version, path, "{}");
    }

    /** Opens a session of a client with these capabilities, JSON. */
    static Session sessionAble(Caller caller, String version, String capabilities) {
        return opened(caller, version, PATH, capabilities);
    }

    private static Session opened(Caller caller, String version, String path, String capabilities) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("protocolVersion", version);
        params.set("capabilities", Json.read(capabilities));
        params.putObject("clientInfo").put("name", "tests").put("version", "1");
        Answer answer = send(caller, path, request("initialize", params)).is(200);
        assertThat(answer.json().at("/result/protocolVersion").asText()).isEqualTo(version);
        assertThat(answer.json().at("/result/serverInfo/name").asText()).isEqualTo("the-space");
        String id = answer.header("Mcp-Session-Id").orElseThrow();
        Session session =
                new Session(caller.with("Mcp-Session-Id", id).with("MCP-Protocol-Version", version), path, id);
        send(session.caller, path, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                .is(202);
        return session;
    }

    /** Speaks the wire without sessions. */
    static McpClient stateless(Caller caller) {
        return stateless(caller, PATH);
    }

    /** Speaks the wire without sessions with the server at a path. */
    static McpClient stateless(Caller caller, String path) {
        return new Stateless(caller.with("MCP-Protocol-Version", Stateless.VERSION), path, "{}");
    }

    /** Speaks the wire without sessions, as a client with these capabilities, JSON. */
    static Stateless statelessAble(Caller caller, String capabilities) {
        return new Stateless(caller.with("MCP-Protocol-Version", Stateless.VERSION), PATH, capabilities);
    }

    /** Sends a message as it is. */
    static Answer send(Caller caller, String message) {
        return send(caller, PATH, message);
    }

    static Answer send(Caller caller, String path, String message) {
        return caller.with("Accept", "application/json, text/event-stream").send("POST", path, message);
    }

    static String request(String method, ObjectNode params) {
        return request(7, method, params);
    }

    static String request(int id, String method, ObjectNode params) {
        ObjectNode message = Json.MAPPER
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method);
        message.set("params", params);
        return message.toString();
    }

    /** Asks for the stream on which changes of the lists are announced. */
    abstract HttpResponse<Stream<String>> listen();

    /** The lines of a stream on which changes of the lists are announced. */
    final Stream<String> changes() {
        HttpResponse<Stream<String>> stream = listen();
        assertThat(stream.statusCode()).isEqualTo(200);
        return stream.body();
    }

    /** The whole answer to a request. */
    abstract Answer ask(String method, ObjectNode params);

    /** The same client with one more header. */
    abstract McpClient with(String header, String value);

    /** The result of a request that succeeds. */
    final JsonNode result(String method, ObjectNode params) {
        Answer answer = ask(method, params).is(200);
        assertThat(answer.json().path("id").asInt()).isEqualTo(7);
        assertThat(answer.json().has("result")).as("%s", answer).isTrue();
        return answer.get("result");
    }

    /** All tools, by following the pages. */
    final List<JsonNode> tools() {
        List<JsonNode> tools = new ArrayList<>();
        JsonNode page = result("tools/list", Json.MAPPER.createObjectNode());
        page.path("tools").forEach(tools::add);
        while (page.has("nextCursor")) {
            page = result(
                    "tools/list",
                    Json.MAPPER
                            .createObjectNode()
                            .put("cursor", page.path("nextCursor").asText()));
            page.path("tools").forEach(tools::add);
        }
        return tools;
    }

    final List<String> names() {
        return tools().stream().map(tool -> tool.path("name").asText()).toList();
    }

    /** The whole answer to a call of a tool. */
    final Answer ask(String tool, Object... namesAndValues) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", Json.read(Json.object(namesAndValues)));
        return ask("tools/call", params);
    }

    /** The result of a call of a tool. */
    final JsonNode call(String tool, Object... namesAndValues) {
        return ask(tool, namesAndValues).is(200).get("result");
    }

    /** The structured content of a call that succeeds. */
    final JsonNode structured(String tool, Object... namesAndValues) {
        JsonNode result = call(tool, namesAndValues);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        return result.path("structuredContent");
    }

    /** The sentence of a call that does not succeed. */
    final String refused(String tool, Object... namesAndValues) {
        JsonNode result = call(tool, namesAndValues);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        assertThat(result.path("content")).hasSize(1);
        return result.at("/content/0/text").asText();
    }

    /** The parameters of a call of a tool. */
    static ObjectNode toolCall(String tool, Object... namesAndValues) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", Json.read(Json.object(namesAndValues)));
        return params;
    }

    /** Messages of a stream, as they come. */
    static McpStream messages(Caller caller, String request) {
        HttpResponse<Stream<String>> response = caller.with("Accept", "application/json, text/event-stream")
                .with("Content-Type", "application/json")
                .listen("POST", PATH, BodyPublishers.ofString(request));
        assertThat(response.statusCode()).isEqualTo(200);
        return new McpStream(response.body());
    }

    /** Of the revisions 2025-06-18 and 2025-11-25. */
    static final class Session extends McpClient {

        private final String id;

        private Session(Caller caller, String path, String id) {
            super(caller, path);
            this.id = id;
        }

        String id() {
            return id;
        }

        /** The same session at another node. */
        Session on(Space node) {
            return new Session(caller.on(node), path, id);
        }

        /** The messages that answer a request. */
        McpStream stream(int request, String method, ObjectNode params) {
            return messages(caller, request(request, method, params));
        }

        /** Answers a question of the server. */
        Answer answer(JsonNode question, String result) {
            ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
            message.set("id", question.path("id"));
            message.set("result", Json.read(result));
            return send(caller, message.toString());
        }

        @Override
        HttpResponse<Stream<String>> listen() {
            return caller.with("Accept", "text/event-stream").listen("GET", path, BodyPublishers.noBody());
        }

        @Override
        Answer ask(String method, ObjectNode params) {
            return send(caller, path, request(method, params));
        }

        @Override
        McpClient with(String header, String value) {
            return new Session(caller.with(header, value), path, id);
        }
    }

    /** Of the revision 2026-07-28. */
    static final class Stateless extends McpClient {

        static final String VERSION = "2026-07-28";

        private final String capabilities;

        private Stateless(Caller caller, String path, String capabilities) {
            super(caller, path);
            this.capabilities = capabilities;
        }

        private ObjectNode versioned(ObjectNode params) {
            params.withObject("/_meta")
                    .put("io.modelcontextprotocol/protocolVersion", VERSION)
                    .set("io.modelcontextprotocol/clientCapabilities", Json.read(capabilities));
            return params;
        }

        /** The messages that answer a call of a tool. */
        McpStream stream(ObjectNode toolCall) {
            Caller named = caller.with("Mcp-Method", "tools/call")
                    .with("Mcp-Name", toolCall.path("name").asText());
            return messages(named, request("tools/call", versioned(toolCall)));
        }

        /** The changes of resources, as they come. */
        McpStream updates(String... uris) {
            ObjectNode params = versioned(Json.MAPPER.createObjectNode());
            ObjectNode wanted = params.putObject("notifications").put("promptsListChanged", true);
            for (String uri : uris) {
                wanted.withArray("/resourceSubscriptions").add(uri);
            }
            return messages(caller.with("Mcp-Method", "subscriptions/listen"), request("subscriptions/listen", params));
        }

        @Override
        HttpResponse<Stream<String>> listen() {
            ObjectNode params = versioned(Json.MAPPER.createObjectNode());
            params.putObject("notifications")
                    .put("toolsListChanged", true)
                    .put("promptsListChanged", true)
                    .put("resourcesListChanged", true);
            return caller.with("Mcp-Method", "subscriptions/listen")
                    .with("Accept", "application/json, text/event-stream")
                    .with("Content-Type", "application/json")
                    .listen("POST", path, BodyPublishers.ofString(request("subscriptions/listen", params)));
        }

        @Override
        Answer ask(String method, ObjectNode params) {
            Caller named = caller.with("Mcp-Method", method);
            String member = method.equals("resources/read") ? "uri" : "name";
            return send(
                    params.has(member)
                            ? named.with("Mcp-Name", params.path(member).asText())
                            : named,
                    path,
                    request(method, versioned(params)));
        }

        @Override
        McpClient with(String header, String value) {
            return new Stateless(caller.with(header, value), path, capabilities);
        }
    }
}
