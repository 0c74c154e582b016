package io.thespace.mcp.servlet.message;

import io.thespace.json.Json;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.Tools;
import io.thespace.mcp.context.ContextPart;
import io.thespace.mcp.context.McpContexts;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes arguments that a call lacks from a context of the caller's. */
@ApplicationScoped
public class ContextArguments {

    @Inject
    McpContexts contexts;

    @Inject
    ToolDefinitions definitions;

    /**
     * The arguments of a call, with the parts of a context for those that are missing. Parts that the tool has no argument for are
     * left out, and so is an idempotency key: a context is for many calls, a key for one.
     *
     * @param contextId null for none
     * @throws Rejection {@code CONTEXT_NOT_FOUND}
     */
    public Map<String, Object> of(Actor actor, McpTool tool, Map<String, Object> arguments, UUID contextId) {
        if (contextId == null) {
            return arguments;
        }
        Object properties = definitions.of(tool).input().get("properties");
        Map<?, ?> known = properties instanceof Map<?, ?> members ? members : Map.of();
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        for (ContextPart part : parts(actor, contextId)) {
            if (known.containsKey(part.name()) && !part.name().equals(Tools.KEY)) {
                all.putIfAbsent(part.name(), Json.MAPPER.convertValue(part.data(), Object.class));
            }
        }
        return all;
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private List<ContextPart> parts(Actor actor, UUID contextId) {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return contexts.find(actor, contextId).parts();
        }
    }

    /**
     * The id of a context as a message has it; null for none.
     *
     * @throws Rejection {@code PARAMS_INVALID}
     */
    static UUID id(Object sent) {
        try {
            return sent == null ? null : UUID.fromString(sent.toString());
        } catch (IllegalArgumentException e) {
            throw new Rejection(McpError.PARAMS_INVALID, "The context's id must be a UUID.");
        }
    }
}
