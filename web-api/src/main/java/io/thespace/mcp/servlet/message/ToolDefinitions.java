package io.thespace.mcp.servlet.message;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.Tools;
import io.thespace.openapi.ToolSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of tools, derived once for each change of what tools there are. They refer to no class of a plugin. */
@ApplicationScoped
public class ToolDefinitions {

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    /**
     * The schemas of a tool's arguments and results.
     *
     * @param output null for none
     */
    public record Definition(Map<String, Object> input, Map<String, Object> output) {}

    private record Known(long version, Map<String, Definition> byEndpoint) {}

    private volatile Known known = new Known(-1, Map.of());

    @Inject
    Tools tools;

    /** The schemas of a tool. */
    public Definition of(McpTool tool) {
        if (tool.foreign() != null) {
            return new Definition(
                    members(ToolSchemas.input(tool)), members(tool.foreign().output()));
        }
        long version = tools.version();
        Known now = known;
        if (now.version != version) {
            now = new Known(version, new ConcurrentHashMap<>());
            known = now;
        }
        return now.byEndpoint.computeIfAbsent(
                tool.route().endpoint().method() + " " + tool.route().path(),
                endpoint -> new Definition(members(ToolSchemas.input(tool)), members(ToolSchemas.output(tool))));
    }

    private static Map<String, Object> members(ObjectNode schema) {
        return schema == null ? null : Json.MAPPER.convertValue(schema, MEMBERS);
    }
}
