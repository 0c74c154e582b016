package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.util.List;

/** A source of a virtual server's tools: a remote MCP server, or an HTTP API behind the gateway. */
interface Backend {

    String name();

    boolean enabled();

    /** Returns its items in service. */
    List<ServerItem> items();

    /**
     * Sends a request of a caller's.
     *
     * @param method of the Model Context Protocol
     * @param about the tool, prompt or resource that the request is about; null for none
     * @return the result as the protocol has it
     * @throws Rejection one of {@link RemoteTool#REFUSALS}
     */
    ObjectNode request(Actor actor, String method, ObjectNode params, String about);
}
