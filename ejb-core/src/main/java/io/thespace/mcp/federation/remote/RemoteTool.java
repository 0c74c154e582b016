package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.gateway.GatewayError;
import io.thespace.json.Json;
import io.thespace.json.SchemaFaults;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.context.PartSchemas;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.outside.OutsideError;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A remote tool as an endpoint of the pipeline, so that its calls are checked, limited, recorded and explained like those of any
 * endpoint. It stands in no table: only a virtual server leads to it.
 */
final class RemoteTool {

    /** The group of remote servers' endpoints in records. */
    static final Mount MOUNT = Mount.of("MCP servers");

    /** The error codes of calls to remote servers. */
    static final ErrorCode[] REFUSALS = {
        FederationError.CREDENTIAL_MISSING,
        FederationError.CREDENTIAL_UNREADABLE,
        FederationError.CREDENTIAL_REFUSED,
        GatewayError.UPSTREAM_RESTING,
        GatewayError.UPSTREAM_FULL,
        GatewayError.UPSTREAM_UNREACHABLE,
        GatewayError.UPSTREAM_BROKEN,
        GatewayError.UPSTREAM_TIMEOUT,
        FederationError.SERVER_REFUSED,
        FederationError.SERVER_ANSWER_INVALID,
        FederationError.SERVER_ANSWER_TOO_LARGE,
        FederationError.TOOL_FAILED,
        GatewayError.INVALID_PATH,
        GatewayError.NO_ROUTE,
        GatewayError.METHOD_NOT_ROUTED,
        GatewayError.ROLE_NOT_ROUTED,
        OutsideError.STEP_INPUT_INVALID,
        OutsideError.HTTP_REFUSED,
        OutsideError.HTTP_FAILED,
        OutsideError.HTTP_ANSWER_TOO_LARGE,
        OutsideError.OUTSIDE_LATE
    };

    private final RemotePart part;
    private final String remoteName;
    private final ObjectNode output;
    private final JsonSchema checked; // null for a schema that could fetch something or take long

    private RemoteTool(RemotePart part, String remoteName, ObjectNode output) {
        this.part = part;
        this.remoteName = remoteName;
        this.output = output;
        this.checked = output == null ? null : compiled(output);
    }

    private static JsonSchema compiled(ObjectNode schema) {
        // The validator would fetch the metaschema that it names.
        ObjectNode plain = schema.deepCopy();
        plain.remove("$schema");
        if (plain.findValue("$schema") != null || PartSchemas.refused(plain).isPresent()) {
            return null;
        }
        try {
            return SchemaFaults.schema(plain);
        } catch (JsonSchemaException e) {
            return null;
        }
    }

    /**
     * The tool of a virtual server.
     *
     * @param name at the virtual server
     * @param item in service
     */
    static McpTool of(VirtualServer virtual, RemotePart part, String name, ServerItem item) {
        ObjectNode definition = item.accepted();
        JsonNode hints = definition.path("annotations");
        boolean readOnly = hints.path("readOnlyHint").asBoolean(false);
        boolean needsKey = !readOnly && hints.path("destructiveHint").asBoolean(false);
        ObjectNode output = (ObjectNode) definition.get("outputSchema");
        McpTool.Foreign foreign = new McpTool.Foreign(
                part.server().name(),
                definition.path("title").asText(item.name()),
                definition.path("description").asText(""),
                (ObjectNode) definition.get("inputSchema"),
                output,
                readOnly,
                !readOnly && hints.path("destructiveHint").asBoolean(true),
                readOnly || needsKey || hints.path("idempotentHint").asBoolean(false),
                needsKey);
        RemoteTool tool = new RemoteTool(part, item.name(), output);
        Endpoint.Builder<ObjectNode> endpoint = governed(
                        virtual, Endpoint.post("/tools/" + name).summary("Call the remote tool " + name), readOnly)
                .body(ObjectNode.class, null);
        if (needsKey) {
            endpoint.idempotent().destructive();
        }
        return new McpTool(
                name,
                new Route(
                        virtual.path() + "/tools/" + name,
                        MOUNT,
                        endpoint.handler(call -> tool.call(call.actor(), call.body()))),
                foreign);
    }

    /**
     * Access is governed by the virtual server; tools that change data require the role of a user, or the permission.
     */
    static <B> Endpoint.Builder<B> governed(VirtualServer virtual, Endpoint.Builder<B> endpoint, boolean readOnly) {
        Role least = virtual.order().least();
        if (virtual.order().needed() != null) {
            endpoint.permission(virtual.order().needed());
        } else {
            endpoint.role(readOnly || least.covers(Role.USER) ? least : Role.USER);
        }
        return endpoint.answersContent("application/json")
                .ownTransactions()
                .limit(LimitClass.GATEWAY)
                .refuses(REFUSALS);
    }

    private Content call(Actor actor, ObjectNode arguments) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", remoteName);
        params.set("arguments", arguments);
        ObjectNode result = part.server().request(actor, "tools/call", params, remoteName);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode content = answer.putArray("content");
        for (JsonNode block : result.path("content")) {
            if (!(block instanceof ObjectNode members)) {
                throw invalid("answered with content that is not of the protocol");
            }
            content.add(VirtualServer.located(part.member(), members));
        }
        if (result.path("isError").asBoolean(false)) {
            String text = text(content);
            throw new Rejection(
                    FederationError.TOOL_FAILED,
                    text.isBlank() ? "The tool %s reports an error without a reason.".formatted(remoteName) : text);
        }
        structured(result, answer);
        return new Content("application/json", answer.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Clients check structured content against the schema that they were shown, and some fail when it does not fit. */
    private void structured(ObjectNode result, ObjectNode answer) {
        JsonNode structured = result.path("structuredContent");
        if (structured.isObject()) {
            answer.set("structuredContent", structured);
        }
        if (output == null) {
            return;
        }
        if (!structured.isObject()) {
            throw invalid("answered without the structured content that its schema promises");
        }
        if (checked != null) {
            SchemaFaults.of(checked, structured).stream().findFirst().ifPresent(fault -> {
                throw invalid("answered with structured content that is not of its schema: %s %s"
                        .formatted(fault.field(), fault.message()));
            });
        }
    }

    private static String text(ArrayNode content) {
        return RemoteConnection.shown(StreamSupport.stream(content.spliterator(), false)
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText())
                .collect(Collectors.joining(" ")));
    }

    private Rejection invalid(String why) {
        return new Rejection(FederationError.SERVER_ANSWER_INVALID, "The tool %s %s.".formatted(remoteName, why));
    }
}
