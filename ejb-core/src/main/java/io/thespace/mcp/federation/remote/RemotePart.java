package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Route;
import io.thespace.json.Json;
import io.thespace.mcp.McpPrompt;
import io.thespace.mcp.McpResourceEntry;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.mcp.federation.VirtualMember;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A member of a virtual server: its resources and prompts, behind endpoints of the pipeline as with {@link RemoteTool}. */
final class RemotePart {

    private static final int MAX_PAGES = 10;
    private static final int MAX_RESOURCES = 500;

    private final VirtualMember member;
    private final Backend server;
    private final Route resources;
    private final Route templates;
    private final Route content;
    private final Map<String, Prompt> prompts = new TreeMap<>();

    /**
     * A prompt in service.
     *
     * @param remoteName its name at the remote server
     */
    record Prompt(McpPrompt prompt, String remoteName, Route route) {}

    RemotePart(VirtualServer virtual, VirtualMember member, Backend server) {
        this.member = member;
        this.server = server;
        this.resources = list(virtual, "resources", "resources");
        this.templates = list(virtual, "resources/templates", "resourceTemplates");
        this.content = content(virtual);
        for (ServerItem item : server.items()) {
            if (item.kind().equals(ServerItem.PROMPT) && VirtualMember.allows(member.prompts(), item.name())) {
                Prompt prompt = prompt(virtual, item);
                prompts.put(prompt.prompt().name(), prompt);
            }
        }
    }

    VirtualMember member() {
        return member;
    }

    Backend server() {
        return server;
    }

    /** The prompts in service, by their names at the virtual server. */
    Map<String, Prompt> prompts() {
        return prompts;
    }

    /** Lists resources, or templates of them; answers with a JSON array. */
    Route list(boolean ofTemplates) {
        return ofTemplates ? templates : resources;
    }

    /** Reads the resource that the parameter {@code uri} names, by its URI at the remote server; answers with a JSON array. */
    Route content() {
        return content;
    }

    private Route route(VirtualServer virtual, Endpoint<?> endpoint) {
        return new Route(virtual.path() + endpoint.path(), RemoteTool.MOUNT, endpoint);
    }

    private Route list(VirtualServer virtual, String list, String listed) {
        return route(
                virtual,
                RemoteTool.governed(
                                virtual,
                                Endpoint.get("/" + list + "/" + member.prefix())
                                        .summary("List the " + list + " of " + server.name()),
                                true)
                        .handler(call -> json(listed(call.actor(), list + "/list", listed))));
    }

    private ArrayNode listed(Actor actor, String method, String listed) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        String cursor = null;
        for (int page = 0; page < MAX_PAGES && all.size() < MAX_RESOURCES; page++) {
            ObjectNode params = Json.MAPPER.createObjectNode();
            if (cursor != null) {
                params.put("cursor", cursor);
            }
            ObjectNode result = server.request(actor, method, params, null);
            for (JsonNode one : result.path(listed)) {
                String uri = one.path("uri").asText(one.path("uriTemplate").asText());
                if (member.allowsResource(uri) && all.size() < MAX_RESOURCES) {
                    all.addObject()
                            .put("uri", member.located(uri))
                            .put("name", one.path("name").asText(uri))
                            .put(
                                    "title",
                                    one.path("title").asText(one.path("name").asText(uri)))
                            .put("description", one.path("description").asText(""))
                            .put("mimeType", one.path("mimeType").asText(null));
                }
            }
            if (!result.hasNonNull("nextCursor")) {
                return all;
            }
            cursor = result.path("nextCursor").asText();
        }
        return all;
    }

    /** Parses the result of {@link #list(boolean)}. */
    List<McpResourceEntry> entries(JsonNode answer) {
        List<McpResourceEntry> entries = new ArrayList<>();
        for (JsonNode one : answer) {
            entries.add(new McpResourceEntry(
                    one.path("uri").asText(),
                    content,
                    new McpResourceEntry.Foreign(
                            one.path("name").asText(),
                            one.path("title").asText(),
                            one.path("description").asText(),
                            one.path("mimeType").asText(null))));
        }
        return entries;
    }

    private Route content(VirtualServer virtual) {
        return route(
                virtual,
                RemoteTool.governed(
                                virtual,
                                Endpoint.get("/resources/" + member.prefix() + "/content")
                                        .summary("Read a resource of " + server.name())
                                        .query("uri", String.class, "The resource."),
                                true)
                        .handler(call -> json(contents(
                                call.actor(), call.query("uri", String.class).orElseThrow()))));
    }

    private ArrayNode contents(Actor actor, String uri) {
        ObjectNode result = server.request(
                actor, "resources/read", Json.MAPPER.createObjectNode().put("uri", uri), uri);
        ArrayNode contents = Json.MAPPER.createArrayNode();
        for (JsonNode one : result.path("contents")) {
            if (!(one instanceof ObjectNode members)
                    || (!one.path("text").isTextual() && !one.path("blob").isTextual())) {
                throw new Rejection(
                        FederationError.SERVER_ANSWER_INVALID,
                        "The server %s answered with a content that is not of the protocol.".formatted(server.name()));
            }
            contents.add(VirtualServer.located(member, members));
        }
        return contents;
    }

    private Prompt prompt(VirtualServer virtual, ServerItem item) {
        ObjectNode definition = item.accepted();
        List<McpPrompt.Argument> arguments = new ArrayList<>();
        definition
                .path("arguments")
                .forEach(argument -> arguments.add(new McpPrompt.Argument(
                        argument.path("name").asText(),
                        argument.path("description").asText(""),
                        argument.path("required").asBoolean(false))));
        McpPrompt prompt = new McpPrompt(
                member.named(item.name()),
                definition.path("title").asText(item.name()),
                definition.path("description").asText(""),
                arguments);
        Endpoint<ObjectNode> endpoint = RemoteTool.governed(
                        virtual,
                        Endpoint.get("/prompts/" + prompt.name()).summary("Get the remote prompt " + prompt.name()),
                        true)
                .body(ObjectNode.class, null)
                .handler(call -> json(messages(call.actor(), item.name(), call.body())));
        return new Prompt(prompt, item.name(), route(virtual, endpoint));
    }

    private ArrayNode messages(Actor actor, String name, ObjectNode arguments) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", name);
        params.set("arguments", arguments);
        ObjectNode result = server.request(actor, "prompts/get", params, name);
        if (result.path("messages") instanceof ArrayNode messages) {
            for (JsonNode message : messages) {
                if (message.path("content") instanceof ObjectNode block) {
                    VirtualServer.located(member, block);
                }
            }
            return messages;
        }
        throw new Rejection(
                FederationError.SERVER_ANSWER_INVALID,
                "The server %s answered with a prompt that has no messages.".formatted(server.name()));
    }

    private static Content json(ArrayNode array) {
        return new Content("application/json", array.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
