package io.thespace.mcp.servlet.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.endpoint.Route;
import io.thespace.mcp.Completion;
import io.thespace.mcp.McpContent;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpPrompt;
import io.thespace.mcp.McpResourceEntry;
import io.thespace.mcp.Prompts;
import io.thespace.mcp.Resources;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.federation.remote.VirtualReads;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Lists and reads resources and prompts for both wires, and records the calls. */
@ApplicationScoped
public class ReadCalls {

    @Inject
    Resources resources;

    @Inject
    Prompts prompts;

    @Inject
    VirtualReads virtuals;

    /**
     * A page of the resources, or of the templates, that the caller may read.
     *
     * @throws Rejection as {@link Resources#page}
     */
    public McpPage<McpResourceEntry> resources(McpCall call, boolean templates, String cursor) {
        return call.server() == null
                ? resources.page(call.actor(), templates, cursor)
                : virtuals.resources(call.actor(), call.server(), templates, cursor, call::counted);
    }

    /**
     * Reads a resource.
     *
     * @throws Rejection as {@link Resources#find} and {@link Resources#read}
     */
    public List<McpContent> resource(McpCall call, String uri) {
        if (call.server() != null) {
            VirtualReads.Found found = virtuals.resource(call.actor(), call.server(), uri);
            call.exchange().record().routed(found.route());
            return virtuals.read(call.actor(), found, uri, call::counted);
        }
        McpResourceEntry entry = resources.find(call.actor(), uri);
        call.exchange().record().routed(entry.route());
        return List.of(resources.read(call.actor(), entry, uri, call::counted));
    }

    /**
     * Values of a template's parameter.
     *
     * @throws Rejection as {@link Resources#complete}
     */
    public Completion parameter(McpCall call, String template, String name, String beginning) {
        if (call.server() != null) {
            VirtualReads.Found found = virtuals.resource(call.actor(), call.server(), template);
            return found.remote()
                    ? Completion.NONE
                    : resources.complete(
                            call.actor(), found.name(), name, beginning == null ? "" : beginning, call::counted);
        }
        return resources.complete(call.actor(), template, name, beginning == null ? "" : beginning, call::counted);
    }

    /**
     * A page of the prompts that the caller may use.
     *
     * @throws Rejection as {@link Prompts#page}
     */
    public McpPage<McpPrompt> prompts(McpCall call, String cursor) {
        return call.server() == null
                ? prompts.page(call.actor(), cursor, call::counted)
                : virtuals.prompts(call.actor(), call.server(), cursor, call::counted);
    }

    /**
     * Returns a prompt's name and arguments.
     *
     * @throws Rejection as {@link Prompts#describe}
     */
    public McpPrompt described(McpCall call, String name) {
        return call.server() == null
                ? prompts.describe(call.actor(), name)
                : virtuals.described(call.actor(), virtuals.prompt(call.actor(), call.server(), name), name);
    }

    /**
     * The messages of a prompt, as JSON.
     *
     * @param arguments null for none
     * @param dialogue with the client; has the questions that the call waits for
     * @throws Rejection as {@link Prompts#find} and {@link Prompts#messages}
     */
    public ArrayNode prompt(McpCall call, String name, Map<String, ?> arguments, Dialogue dialogue) {
        if (call.server() != null) {
            VirtualReads.Found found = virtuals.prompt(call.actor(), call.server(), name);
            call.exchange().record().routed(found.route());
            return virtuals.messages(
                    call.actor(),
                    found,
                    arguments == null ? Map.of() : arguments,
                    call::counted,
                    dialogue,
                    call.cancellation());
        }
        Route route = prompts.find(call.actor(), name);
        call.exchange().record().routed(route);
        return prompts.messages(
                call.actor(),
                name,
                route,
                arguments == null ? Map.of() : arguments,
                call::counted,
                dialogue,
                call.cancellation());
    }

    /**
     * Values of a prompt's argument.
     *
     * @throws Rejection as {@link Prompts#complete}
     */
    public Completion argument(McpCall call, String prompt, String name, String beginning) {
        if (call.server() != null) {
            VirtualReads.Found found = virtuals.prompt(call.actor(), call.server(), prompt);
            return found.remote()
                    ? Completion.NONE
                    : prompts.complete(call.actor(), found.name(), name, beginning == null ? "" : beginning);
        }
        return prompts.complete(call.actor(), prompt, name, beginning == null ? "" : beginning);
    }
}
