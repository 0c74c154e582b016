package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Virtual MCP servers that combine remote ones, HTTP APIs and tools of the platform. */
class McpFederationIT extends McpFederationCase {

    private static final String TYPESCRIPT_SERVER =
            """
            import { createServer } from 'node:http';
            import { randomUUID } from 'node:crypto';
            import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
            import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
            import { z } from 'zod';

            const sessions = new Map();
            const http = createServer(async (request, response) => {
              let body = '';
              for await (const part of request) body += part;
              const message = body ? JSON.parse(body) : undefined;
              const id = request.headers['mcp-session-id'];
              let transport = sessions.get(id);
              if (!transport && message?.method === 'initialize') {
                transport = new StreamableHTTPServerTransport({
                  sessionIdGenerator: () => randomUUID(),
                  onsessioninitialized: (opened) => void sessions.set(opened, transport),
                });
                const server = new McpServer({ name: 'typescript', version: '1.0.0' });
                server.registerTool(
                  'add',
                  {
                    description: 'Adds two numbers.',
                    inputSchema: { a: z.number(), b: z.number() },
                    outputSchema: { sum: z.number() },
                    annotations: { readOnlyHint: true },
                  },
                  async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }], structuredContent: { sum: a + b } }),
                );
                await server.connect(transport);
              }
              if (transport) {
                await transport.handleRequest(request, response, message);
              } else {
                response.writeHead(id ? 404 : 400).end();
              }
            });
            http.listen(0, '127.0.0.1', () => console.log(http.address().port));
            """;

    @ParameterizedTest
    @EnumSource
    void toolsOfBothWiresAndOwnOnesAreOneList(Revision revision) {
        combined();
        McpClient client = revision.client(user, path());

        List<String> names = client.names();

        assertThat(names)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(2 * session.tools.size() + 1)
                .contains("files-echo", "notes-echo", "memory_search");
        for (String tool : List.of("files-echo", "notes-echo")) {
            JsonNode answer = client.call(tool, "text", "Hello.");
            assertThat(answer.at("/content/0/text").asText()).isEqualTo("Hello.");
            assertThat(answer.path("isError").asBoolean()).isFalse();
        }
        client.structured("memory_search", "query", "lighthouse");
        assertThat(admin.get(SERVERS + "/" + files)
                        .is(200)
                        .json()
                        .at("/state/wire")
                        .asText())
                .isEqualTo("session");
        assertThat(admin.get(SERVERS + "/" + notes)
                        .is(200)
                        .json()
                        .at("/state/wire")
                        .asText())
                .isEqualTo("stateless");
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreStableWhileServersComeAndGo(Revision revision) {
        for (int i = 0; i < 100; i++) {
            session.tool("tool_%03d".formatted(i), "Is one of many.", "{\"type\": \"object\"}", "\"x\": 1");
        }
        combined();
        McpClient client = revision.client(user, path());
        JsonNode first = client.result("tools/list", Json.MAPPER.createObjectNode());

        admin.send(
                        "PUT",
                        SERVERS + "/" + desk,
                        virtual(member(files, "files", "*")).toString())
                .is(200);
        ObjectNode next = Json.MAPPER
                .createObjectNode()
                .put("cursor", first.path("nextCursor").asText());
        JsonNode second = client.result("tools/list", next);

        List<String> names = new ArrayList<>(first.path("tools").findValuesAsText("name"));
        names.addAll(second.path("tools").findValuesAsText("name"));
        assertThat(first.path("tools")).hasSize(50);
        assertThat(second.path("tools")).hasSize(50);
        assertThat(names).isSorted().doesNotHaveDuplicates();
        assertThat(client.names()).hasSize(session.tools.size()).startsWith(names.toArray(String[]::new));
    }

    @Test
    void thePlatformItselfIsARemoteServer() {
        String token = user.token();
        register(files, "url", space.base() + "/api/mcp", "credential", token);
        read(files);
        register(virtual(member(files, "self", "memory_*")));

        McpClient client = Revision.SESSION.client(user, path());

        assertThat(client.names()).contains("self-memory_search").doesNotContain("self-workflow_list");
        assertThat(client.structured("self-memory_search", "query", "lighthouse")
                        .has("items"))
                .isTrue();
        assertThat(admin.get(SERVERS + "/" + files).is(200).body()).doesNotContain(token);
    }

    @ParameterizedTest
    @EnumSource
    void aServerOfTheTypeScriptSdkIsMerged(Revision revision) throws IOException {
        NodeTools node = NodeTools.orSkip();
        Path script = Files.createTempFile(node.directory(), "server", ".mjs");
        Files.writeString(script, TYPESCRIPT_SERVER);
        Process process =
                node.node(script).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String port = process.inputReader(StandardCharsets.UTF_8).readLine();
            register(notes, "url", "http://127.0.0.1:" + port + "/mcp");
            read(notes);
            register(files, "url", session.url());
            read(files);
            register(virtual(member(files, "files", "echo"), member(notes, "ts", "*")));
            McpClient client = revision.client(user, path());

            assertThat(client.names()).containsExactly("files-echo", "ts-add");
            assertThat(client.structured("ts-add", "a", 2, "b", 3).path("sum").asInt())
                    .isEqualTo(5);
            assertThat(client.refused("ts-add", "a", "two", "b", 3)).doesNotContain("Exception");
        } finally {
            process.destroyForcibly();
            Files.delete(script);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resourcesAndPromptsAreRoutedToTheirServers(Revision revision) {
        combined();
        McpClient client = revision.client(user, path());

        JsonNode resources = client.result("resources/list", Json.MAPPER.createObjectNode());
        assertThat(resources.path("resources").findValuesAsText("uri"))
                .containsExactly("files+file:///reports/a.txt", "notes+file:///reports/a.txt");
        JsonNode templates = client.result("resources/templates/list", Json.MAPPER.createObjectNode());
        assertThat(templates.path("resourceTemplates").findValuesAsText("uriTemplate"))
                .containsExactly("files+file:///reports/{name}", "notes+file:///reports/{name}");
        JsonNode read = client.result(
                "resources/read", Json.MAPPER.createObjectNode().put("uri", "notes+file:///reports/c.txt"));
        assertThat(read.at("/contents/0/uri").asText()).isEqualTo("notes+file:///reports/c.txt");
        assertThat(read.at("/contents/0/text").asText()).isEqualTo("The content of file:///reports/c.txt");
        for (String uri : List.of(
                "files+file:///secret/b.txt", "files+file:///reports/../secret/b.txt", "file:///reports/a.txt")) {
            Answer refused =
                    client.ask("resources/read", Json.MAPPER.createObjectNode().put("uri", uri));
            assertThat(refused.json().at("/error/code").asInt())
                    .as("%s", refused)
                    .isIn(-32002, -32602);
        }

        JsonNode prompts = client.result("prompts/list", Json.MAPPER.createObjectNode());
        assertThat(prompts.path("prompts").findValuesAsText("name")).containsExactly("files-greet", "notes-greet");
        ObjectNode get = Json.MAPPER.createObjectNode().put("name", "files-greet");
        get.putObject("arguments").put("name", "Ada");
        assertThat(client.result("prompts/get", get)
                        .at("/messages/0/content/text")
                        .asText())
                .isEqualTo("Greet Ada.");
        // A link in an answer leads to the resource here.
        assertThat(client.call("files-echo", "text", "x").at("/content/1/uri").asText())
                .isEqualTo("files+file:///reports/a.txt");
    }

    @ParameterizedTest
    @EnumSource
    void operationsOfAnApiAreToolsThroughTheGateway(Revision revision) throws IOException {
        String prefix = "/billing-" + tail;
        try (Upstream upstream = new Upstream()) {
            ObjectNode route = Json.MAPPER.createObjectNode().put("prefix", prefix);
            route.putArray("upstreams").addObject().put("url", upstream.url());
            route.putArray("methods").add("GET").add("POST").add("DELETE");
            String id = admin.send("POST", "/api/control-center/gateway/routes", route.toString())
                    .is(201)
                    .text("id");
            ObjectNode order = Json.MAPPER.createObjectNode().put("name", files);
            ObjectNode openapi = order.putObject("openapi").put("route", prefix);
            openapi.putArray("operations").add("tell").add("erase");
            openapi.set(
                    "document",
                    Json.read(
                            """
                            {"openapi": "3.1.0", "paths": {"/told/{what}": {
                              "parameters": [{"name": "what", "in": "path", "required": true, "schema": {"type": "string"}}],
                              "get": {"operationId": "tell", "summary": "Tell", "parameters": [
                                {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}]},
                              "delete": {"operationId": "erase"},
                              "post": {"operationId": "hidden"}}}}
                            """));
            register(order);
            register(virtual(member(files, "billing", "*")));
            McpClient client = revision.client(user, path());

            assertThat(client.names()).containsExactly("billing-erase", "billing-tell");
            String told = client.call("billing-tell", "what", "a b", "tag", List.of("x&y", "z"))
                    .at("/content/0/text")
                    .asText();
            assertThat(told).contains("GET /base/told/a%20b?tag=x%26y&tag=z");
            assertThat(client.refused("billing-erase", "what", "x")).contains("idempotency_key");
            assertThat(client.refused("billing-tell")).contains("what");
            assertThat(client.refused("billing-tell", "what", "..")).contains("path");

            openapi.putArray("operations").add("nothing");
            admin.send("PUT", SERVERS + "/" + files, order.toString()).refusedFor(400, "openapi.operations");
            admin.call("DELETE", "/api/control-center/gateway/routes/" + id).is(204);
            assertThat(client.refused("billing-tell", "what", "x")).contains("no route");
        }
    }
}
