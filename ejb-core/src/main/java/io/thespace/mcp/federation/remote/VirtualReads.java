package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Route;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.limit.Allowances;
import io.thespace.log.Log;
import io.thespace.mcp.McpContent;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpPrompt;
import io.thespace.mcp.McpResourceEntry;
import io.thespace.mcp.Prompts;
import io.thespace.mcp.Resources;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.federation.VirtualMember;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Resources and prompts of virtual servers. Remote resources are listed by the caller's own session, so each caller sees those that the
 * remote server shows that caller; a remote server that does not answer is left out of the list.
 */
@ApplicationScoped
public class VirtualReads {

    private static final Log LOG = Log.of(VirtualReads.class);

    /** Pages of the platform's own lists that are read for one page of a virtual server's. */
    private static final int MAX_OWN_PAGES = 20;

    private Federation federation;
    private Resources ownResources;
    private Prompts ownPrompts;
    private Pipeline pipeline;
    private Actions actions;

    VirtualReads() {}

    @Inject
    VirtualReads(
            Federation federation, Resources ownResources, Prompts ownPrompts, Pipeline pipeline, Actions actions) {
        this.federation = federation;
        this.ownResources = ownResources;
        this.ownPrompts = ownPrompts;
        this.pipeline = pipeline;
        this.actions = actions;
    }

    /**
     * The source of a resource or prompt.
     *
     * @param name its name or URI at its source
     * @param part null for the platform's own
     * @param route the endpoint that reads it
     */
    public record Found(String name, RemotePart part, Route route) {

        /** Whether it is a remote server's. */
        public boolean remote() {
            return part != null;
        }
    }

    // Resources
    // --------------------------------------------------------------------------------------------------------

    /**
     * Resources, or templates of them, that the caller may read, in pages.
     *
     * @param cursor null for the first page
     * @param report receives what the caller has left of each limit, when anything limits them
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}, {@code CURSOR_INVALID}, {@code TOO_MANY_CALLS}
     */
    public McpPage<McpResourceEntry> resources(
            Actor actor, String server, boolean templates, String cursor, Consumer<Allowances> report) {
        VirtualServer virtual = federation.virtual(actor, server);
        Map<String, McpResourceEntry> all = new TreeMap<>();
        virtual.own()
                .filter(member -> !member.resources().isEmpty())
                .ifPresent(member -> pages(from -> ownResources.page(actor, templates, from)).stream()
                        .filter(entry -> member.allowsResource(entry.uri()))
                        .map(entry -> entry.located(member.located(entry.uri())))
                        .forEach(entry -> all.put(entry.uri(), entry)));
        for (RemotePart part : virtual.parts()) {
            Route list = part.list(templates);
            if (!part.member().resources().isEmpty()
                    && part.server().enabled()
                    && pipeline.allows(list.endpoint(), actor)) {
                pipeline.limit(list.endpoint(), actor, List.of(), report);
                entries(actor, part, list).forEach(entry -> all.putIfAbsent(entry.uri(), entry));
            }
        }
        return McpPage.of(List.copyOf(all.values()), McpResourceEntry::uri, cursor);
    }

    private List<McpResourceEntry> entries(Actor actor, RemotePart part, Route list) {
        try {
            return part.entries(call(actor, list, Map.of()));
        } catch (Rejection e) {
            LOG.info(
                    "The resources of an MCP server cannot be listed",
                    "server",
                    part.server().name(),
                    "error",
                    e.code().name());
            return List.of();
        }
    }

    /** All entries of a list of the platform's own, up to a number of pages. */
    private static <T> List<T> pages(Function<String, McpPage<T>> list) {
        List<T> all = new ArrayList<>();
        McpPage<T> page = list.apply(null);
        all.addAll(page.items());
        for (int i = 1; i < MAX_OWN_PAGES && page.nextCursor() != null; i++) {
            page = list.apply(page.nextCursor());
            all.addAll(page.items());
        }
        return all;
    }

    /**
     * Returns the source of a resource.
     *
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}; {@code RESOURCE_UNKNOWN}: also when the caller may not read it
     */
    public Found resource(Actor actor, String server, String uri) {
        VirtualServer virtual = federation.virtual(actor, server);
        for (RemotePart part : virtual.parts()) {
            Optional<String> remote = within(part.member(), uri);
            if (remote.isPresent()
                    && part.server().enabled()
                    && pipeline.allows(part.content().endpoint(), actor)) {
                return new Found(remote.get(), part, part.content());
            }
        }
        Optional<String> own = virtual.own().flatMap(member -> within(member, uri));
        if (own.isPresent()) {
            return new Found(
                    own.get(), null, ownResources.find(actor, own.get()).route());
        }
        throw new Rejection(
                McpError.RESOURCE_UNKNOWN,
                "There is no resource %s that you may read now. List the resources and their templates."
                        .formatted(Texts.truncate(uri, 200)));
    }

    /** A URI at the member, where its prefix and its allow-list have it. */
    private static Optional<String> within(VirtualMember member, String uri) {
        String prefix = member.located("");
        return Optional.of(uri)
                .filter(one -> one.startsWith(prefix))
                .map(one -> one.substring(prefix.length()))
                .filter(member::allowsResource);
    }

    /**
     * Reads a resource.
     *
     * @param found as {@link #resource} found it
     * @param uri at the virtual server
     * @throws Rejection whatever the endpoint refuses with
     */
    public List<McpContent> read(Actor actor, Found found, String uri, Consumer<Allowances> report) {
        if (!found.remote()) {
            McpContent own = ownResources.read(actor, ownResources.find(actor, found.name()), found.name(), report);
            return List.of(new McpContent(uri, own.mediaType(), own.text(), own.base64()));
        }
        pipeline.limit(found.route().endpoint(), actor, List.of(), report);
        List<McpContent> contents = new ArrayList<>();
        for (JsonNode one : call(actor, found.route(), Map.of("uri", found.name()))) {
            contents.add(new McpContent(
                    one.path("uri").asText(uri),
                    one.path("mimeType").asText(null),
                    one.path("text").asText(null),
                    one.path("blob").asText(null)));
        }
        return contents;
    }

    private JsonNode call(Actor actor, Route route, Map<String, ?> params) {
        try {
            return Json.MAPPER.readTree(
                    actions.call(actor, route, params, null, Json.MAPPER).body());
        } catch (IOException e) {
            throw new IllegalStateException("An answer that was written as JSON can be read", e);
        }
    }

    // Prompts
    // ----------------------------------------------------------------------------------------------------------

    /**
     * The prompts that the caller may use, in pages.
     *
     * @param cursor null for the first page
     * @param report receives what the caller has left of each limit, when anything limits them
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}, {@code CURSOR_INVALID}; as the platform's own list
     */
    public McpPage<McpPrompt> prompts(Actor actor, String server, String cursor, Consumer<Allowances> report) {
        VirtualServer virtual = federation.virtual(actor, server);
        Map<String, McpPrompt> all = new TreeMap<>();
        virtual.own()
                .filter(member -> !member.prompts().isEmpty())
                .ifPresent(member -> pages(from -> ownPrompts.page(actor, from, report)).stream()
                        .filter(prompt -> VirtualMember.allows(member.prompts(), prompt.name()))
                        .map(prompt -> named(prompt, member.named(prompt.name())))
                        .forEach(prompt -> all.put(prompt.name(), prompt)));
        for (RemotePart part : virtual.parts()) {
            part.prompts().forEach((name, prompt) -> {
                if (pipeline.allows(prompt.route().endpoint(), actor)) {
                    all.putIfAbsent(name, prompt.prompt());
                }
            });
        }
        return McpPage.of(List.copyOf(all.values()), McpPrompt::name, cursor);
    }

    private static McpPrompt named(McpPrompt prompt, String name) {
        return new McpPrompt(name, prompt.title(), prompt.description(), prompt.arguments());
    }

    /**
     * Returns the source of a prompt.
     *
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}; {@code PROMPT_UNKNOWN}: also when the caller may not use it
     */
    public Found prompt(Actor actor, String server, String name) {
        VirtualServer virtual = federation.virtual(actor, server);
        for (RemotePart part : virtual.parts()) {
            RemotePart.Prompt prompt = part.prompts().get(name);
            if (prompt != null && pipeline.allows(prompt.route().endpoint(), actor)) {
                return new Found(name, part, prompt.route());
            }
        }
        Optional<String> own = virtual.own().flatMap(member -> {
            String prefix = member.named("");
            return Optional.of(name)
                    .filter(one -> one.startsWith(prefix))
                    .map(one -> one.substring(prefix.length()))
                    .filter(one -> VirtualMember.allows(member.prompts(), one));
        });
        if (own.isPresent()) {
            return new Found(own.get(), null, ownPrompts.find(actor, own.get()));
        }
        throw new Rejection(
                McpError.PROMPT_UNKNOWN,
                "There is no prompt %s that you may use now. List the prompts.".formatted(Texts.truncate(name, 200)));
    }

    /**
     * Describes a prompt and its arguments.
     *
     * @param found the result of {@link #prompt}
     */
    public McpPrompt described(Actor actor, Found found, String name) {
        return found.remote()
                ? found.part().prompts().get(name).prompt()
                : named(ownPrompts.describe(actor, found.name()), name);
    }

    /**
     * The messages of a prompt, as JSON.
     *
     * @param found as {@link #prompt} found it
     * @param dialogue with the caller; has the questions that the call waits for
     * @throws Rejection whatever the endpoint refuses with
     */
    public ArrayNode messages(
            Actor actor,
            Found found,
            Map<String, ?> arguments,
            Consumer<Allowances> report,
            Dialogue dialogue,
            Cancellation cancellation) {
        if (!found.remote()) {
            return ownPrompts.messages(actor, found.name(), found.route(), arguments, report, dialogue, cancellation);
        }
        pipeline.limit(found.route().endpoint(), actor, List.of(), report);
        return (ArrayNode) call(actor, found.route(), arguments);
    }
}
