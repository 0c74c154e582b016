package io.thespace.mcp.federation.remote;

import io.thespace.endpoint.Pipeline;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.gateway.outbound.OutboundServer;
import io.thespace.identity.key.Sealing;
import io.thespace.json.Texts;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.Tools;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.StoredServer;
import io.thespace.mcp.federation.VirtualMember;
import io.thespace.mcp.federation.authorization.Authorizations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.outside.HttpCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers of this node: the remote ones, and the virtual ones that callers use. What a caller sees and what the caller may call is
 * one decision: that of the virtual server, and then that of {@link Pipeline#admit} for each tool.
 */
@ApplicationScoped
public class Federation {

    private record Shown(long version, Map<String, RemoteServer> remotes, Map<String, VirtualServer> virtuals) {}

    private OutboundRequests outbound;
    private Sealing sealing;
    private Authorizations authorizations;
    private UpstreamSessions sessions;
    private HttpCalls calls;
    private Tools own;
    private Pipeline pipeline;
    private volatile Shown shown = new Shown(0, Map.of(), Map.of());
    private Map<String, OutboundServer> clients = Map.of();

    Federation() {}

    @Inject
    Federation(
            OutboundRequests outbound,
            Sealing sealing,
            Authorizations authorizations,
            UpstreamSessions sessions,
            HttpCalls calls,
            Tools own,
            Pipeline pipeline) {
        this.outbound = outbound;
        this.sealing = sealing;
        this.authorizations = authorizations;
        this.sessions = sessions;
        this.calls = calls;
        this.own = own;
        this.pipeline = pipeline;
    }

    /** Publishes these servers to requests from now on; running ones keep theirs. */
    synchronized void show(List<StoredServer> stored) {
        Map<String, OutboundServer> kept = new HashMap<>();
        Map<String, RemoteServer> remotes = new TreeMap<>();
        Map<String, Backend> backends = new TreeMap<>();
        for (StoredServer one : stored) {
            McpServerView.RemoteView order = one.view().remote();
            if (order != null) {
                String name = one.view().name();
                String key = String.join(
                        " ",
                        name,
                        order.url(),
                        Integer.toString(order.timeLimitMillis()),
                        Integer.toString(order.concurrency()));
                OutboundServer before = clients.get(key);
                OutboundServer client = before != null
                        ? before
                        : outbound.server(
                                "the MCP server " + name,
                                URI.create(order.url()),
                                order.timeLimitMillis(),
                                order.concurrency());
                kept.put(key, client);
                remotes.put(name, new RemoteServer(one, client, sealing, authorizations, sessions));
            }
        }
        backends.putAll(remotes);
        stored.stream()
                .filter(one -> one.view().openapi() != null)
                .forEach(one -> backends.put(one.view().name(), new HttpApi(one, calls)));
        Map<String, VirtualServer> virtuals = new TreeMap<>();
        for (StoredServer one : stored) {
            if (one.view().virtual() != null) {
                virtuals.put(one.view().name(), new VirtualServer(one.view(), backends));
            }
        }
        clients = kept;
        shown = new Shown(shown.version + 1, remotes, virtuals);
    }

    /** Returns a remote server; empty when this node has none of this name. */
    Optional<RemoteServer> remote(String name) {
        return Optional.ofNullable(shown.remotes.get(name));
    }

    /** Grows with every change of servers, or of what is in service of them. */
    public long version() {
        return shown.version;
    }

    /**
     * Checks that the caller may use a virtual server.
     *
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}: what the caller may not use answers as what there is not
     */
    public void admit(Actor actor, String server) {
        virtual(actor, server);
    }

    /** The virtual servers that the caller may use, with how many tools the caller may call on each. */
    public Map<String, Integer> virtuals(Actor actor) {
        Map<String, Integer> tools = new TreeMap<>();
        shown.virtuals.forEach((name, virtual) -> {
            if (virtual.opens(actor)) {
                tools.put(name, tools(actor, virtual).size());
            }
        });
        return tools;
    }

    /** As {@link #admit}. */
    VirtualServer virtual(Actor actor, String name) {
        VirtualServer virtual = shown.virtuals.get(name);
        if (virtual == null || !virtual.opens(actor)) {
            throw new Rejection(
                    FederationError.VIRTUAL_SERVER_UNKNOWN,
                    "There is no virtual server of this name that you may use now.");
        }
        return virtual;
    }

    /**
     * The tools of a virtual server that the caller may call now, in pages.
     *
     * @param cursor null for the first page
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}, {@code CURSOR_INVALID}
     */
    public McpPage<McpTool> tools(Actor actor, String server, String cursor) {
        return McpPage.of(List.copyOf(tools(actor, virtual(actor, server)).values()), McpTool::name, cursor);
    }

    private Map<String, McpTool> tools(Actor actor, VirtualServer virtual) {
        Map<String, McpTool> tools = new TreeMap<>();
        virtual.own().ifPresent(member -> own.list(actor).stream()
                .filter(tool -> VirtualMember.allows(member.tools(), tool.name()))
                .map(tool -> tool.named(member.named(tool.name())))
                .forEach(tool -> tools.put(tool.name(), tool)));
        virtual.tools().forEach((name, tool) -> {
            if (pipeline.allows(tool.route().endpoint(), actor)) {
                tools.putIfAbsent(name, tool);
            }
        });
        return tools;
    }

    /**
     * A tool of a virtual server that the caller may call now.
     *
     * @throws Rejection {@code VIRTUAL_SERVER_UNKNOWN}; {@code TOOL_UNKNOWN}: what the caller may not call answers as what there is not
     */
    public McpTool tool(Actor actor, String server, String name) {
        VirtualServer virtual = virtual(actor, server);
        return virtual.own()
                .flatMap(member -> ownTool(actor, member, name))
                .or(() -> Optional.ofNullable(virtual.tools().get(name))
                        .filter(tool -> pipeline.allows(tool.route().endpoint(), actor)))
                .orElseThrow(() -> new Rejection(
                        McpError.TOOL_UNKNOWN,
                        "There is no tool %s that you may call now. List the tools."
                                .formatted(Texts.truncate(name, 200))));
    }

    private Optional<McpTool> ownTool(Actor actor, VirtualMember member, String name) {
        String prefix = member.named("");
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String ownName = name.substring(prefix.length());
        return VirtualMember.allows(member.tools(), ownName)
                ? own.seek(actor, ownName).map(tool -> tool.named(name))
                : Optional.empty();
    }
}
