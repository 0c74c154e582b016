package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.mcp.federation.VirtualMember;
import io.thespace.mcp.federation.VirtualOrder;
import io.thespace.plugin.api.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A virtual server as this node answers for it. */
final class VirtualServer {

    private final McpServerView view;
    private final List<RemotePart> parts;
    private final Map<String, McpTool> tools = new TreeMap<>();

    /** @param backends by name */
    VirtualServer(McpServerView view, Map<String, Backend> backends) {
        this.view = view;
        this.parts = order().members().stream()
                .filter(member -> backends.containsKey(member.server()))
                .map(member -> new RemotePart(this, member, backends.get(member.server())))
                .toList();
        for (RemotePart part : parts) {
            for (ServerItem item : part.server().items()) {
                if (item.kind().equals(ServerItem.TOOL)
                        && VirtualMember.allows(part.member().tools(), item.name())) {
                    String name = part.member().named(item.name());
                    tools.putIfAbsent(name, RemoteTool.of(this, part, name, item));
                }
            }
        }
    }

    String name() {
        return view.name();
    }

    String title() {
        return view.title();
    }

    VirtualOrder order() {
        return view.virtual();
    }

    List<RemotePart> parts() {
        return parts;
    }

    /** The platform's own server, where it is a member. */
    Optional<VirtualMember> own() {
        return order().members().stream().filter(VirtualMember::own).findFirst();
    }

    /** Whether the caller may use it at all; which of its tools the caller may use is decided for each. */
    boolean opens(Actor actor) {
        VirtualOrder order = order();
        return view.enabled()
                && (order.organizations() == null || order.organizations().contains(actor.orgId()))
                && actor.role() != null
                && actor.role().covers(order.least())
                && (order.needed() == null || actor.may(order.needed()));
    }

    /** The remote tools in service, by name. */
    Map<String, McpTool> tools() {
        return tools;
    }

    /** Returns the path prefix of its tools, resources and prompts. */
    String path() {
        return "/api/mcp/servers/" + name();
    }

    /** Puts the member's prefix before the URIs of resources that an answer names, so that they can be read here. */
    static ObjectNode located(VirtualMember member, ObjectNode block) {
        ObjectNode holder = block.path("resource") instanceof ObjectNode resource ? resource : block;
        if (holder.path("uri").isTextual()) {
            holder.put("uri", member.located(holder.path("uri").asText()));
        }
        return block;
    }
}
