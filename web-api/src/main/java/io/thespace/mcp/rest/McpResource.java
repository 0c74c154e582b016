package io.thespace.mcp.rest;

import static io.thespace.endpoint.EndpointError.TOO_MANY_CALLS;
import static io.thespace.mcp.McpError.TOOL_UNKNOWN;
import static io.thespace.mcp.context.ContextError.CONTEXT_NOT_FOUND;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.json.Json;
import io.thespace.mcp.InvocationOrder;
import io.thespace.mcp.InvocationView;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpHealthView;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.ToolView;
import io.thespace.mcp.Tools;
import io.thespace.mcp.context.ContextError;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.federation.remote.Federation;
import io.thespace.mcp.servlet.message.ContextArguments;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import io.thespace.mcp.servlet.session.SessionWire;
import io.thespace.mcp.servlet.stateless.StatelessWire;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import io.thespace.wire.Exchange;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/mcp/…}: the tools of the MCP server over plain HTTP. */
@ApplicationScoped
@Governed
@Path("mcp")
@Tag(name = "MCP")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpResource {

    private static final String OWN = "the-space";

    private Tools tools;
    private Federation federation;
    private ToolDefinitions definitions;
    private ContextArguments contexts;
    private CurrentCall call;

    public McpResource() {}

    @Inject
    McpResource(
            Tools tools,
            Federation federation,
            ToolDefinitions definitions,
            ContextArguments contexts,
            CurrentCall call) {
        this.tools = tools;
        this.federation = federation;
        this.definitions = definitions;
        this.contexts = contexts;
        this.call = call;
    }

    @GET
    @Path("tools")
    @Operation(
            summary = "List the tools",
            description = "The tools that the caller may call now, by name: the same as over the Model Context Protocol"
                    + " at `/api/mcp`.")
    public List<ToolView> list() {
        return tools.list(call.actor()).stream().map(this::view).toList();
    }

    private ToolView view(McpTool tool) {
        ToolDefinitions.Definition definition = definitions.of(tool);
        return new ToolView(
                tool.name(),
                tool.title(),
                tool.description(),
                Json.MAPPER.valueToTree(definition.input()),
                definition.output() == null ? null : Json.MAPPER.valueToTree(definition.output()),
                new ToolView.ToolHints(tool.readOnly(), tool.destructive(), tool.idempotent()),
                OWN);
    }

    @POST
    @Path("tools/{name}/invoke")
    @Operation(
            summary = "Call a tool",
            description = "The call counts against the limits of the tool's endpoint, needs the same role or"
                    + " permission, and takes an Idempotency-Key where the endpoint does; a destructive tool"
                    + " requires one. With a `context_id` the parts of that context fill in missing arguments. A"
                    + " rejection by the tool is a result with `is_error`.")
    @Counts(LimitClass.NONE)
    @OwnTransactions
    @EndpointError.Refuses(TOO_MANY_CALLS)
    @McpError.Refuses(TOOL_UNKNOWN)
    @ContextError.Refuses(CONTEXT_NOT_FOUND)
    public InvocationView invoke(
            @PathParam("name") @Parameter(description = "The tool.", example = "memory_search") String name,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Names this call of a tool that takes one; a destructive tool needs one. The"
                                    + " same key with the same arguments is done once and answered alike for 24 hours.")
                    String key,
            @Valid InvocationOrder order) {
        McpTool tool = tools.find(call.actor(), name);
        ToolResult result = tools.call(
                call.actor(),
                tool,
                contexts.of(call.actor(), tool, arguments(order.arguments()), order.contextId()),
                key,
                Exchange.current()::allowed,
                Dialogue.none(),
                new Cancellation());
        if (result.error() && result.refusal().code() == TOO_MANY_CALLS) {
            throw result.refusal();
        }
        return new InvocationView(result.text(), result.error(), result.structured());
    }

    /** Numbers stay exact: a decimal becomes a BigDecimal. */
    @SuppressWarnings("unchecked") // an object's members have names
    private static Map<String, Object> arguments(ObjectNode members) {
        return members == null ? Map.of() : Json.MAPPER.convertValue(members, Map.class);
    }

    @GET
    @Path("health")
    @Operation(
            summary = "Check the MCP server",
            description = "The supported protocol revisions of `/api/mcp`, the platform's own server and the"
                    + " virtual servers at `/api/mcp/servers/` that the caller may use.")
    public McpHealthView health() {
        return new McpHealthView(
                "ok",
                Stream.concat(Stream.of(StatelessWire.VERSION), SessionWire.VERSIONS.stream())
                        .toList(),
                Stream.concat(
                                Stream.of(new McpHealthView.ServerView(OWN, "ok", tools.count())),
                                federation.virtuals(call.actor()).entrySet().stream()
                                        .map(server ->
                                                new McpHealthView.ServerView(server.getKey(), "ok", server.getValue())))
                        .toList());
    }
}
