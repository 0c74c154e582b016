package io.thespace.mcp.federation.remote;

import io.thespace.endpoint.Failures;
import io.thespace.log.Log;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.ServerReadings;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads the offers of remote servers, and stores the results. */
@ApplicationScoped
public class ServerRefresh {

    private static final Log LOG = Log.of(ServerRefresh.class);
    private static final Actor PLATFORM = Actor.platform(null, "mcp-servers");

    private McpServers servers;
    private ServerReadings readings;
    private Federation federation;

    ServerRefresh() {}

    @Inject
    ServerRefresh(McpServers servers, ServerReadings readings, Federation federation) {
        this.servers = servers;
        this.readings = readings;
        this.federation = federation;
    }

    /**
     * Reads a remote server now, and waits until that is done.
     *
     * @return the server afterwards; its state has why it could not be read
     * @throws Rejection {@code SERVER_NOT_FOUND}
     */
    public McpServerView refresh(Actor actor, String name) {
        servers.find(actor, name);
        RemoteServer server = federation
                .remote(name)
                .orElseThrow(() -> new Rejection(
                        FederationError.SERVER_NOT_FOUND,
                        "There is no remote server with this name on this node yet."));
        read(server);
        return servers.find(actor, name);
    }

    /** Reads a remote server. A failure is kept as its state. */
    void read(RemoteServer server) {
        if (!server.enabled()) {
            return;
        }
        String name = server.name();
        try {
            ServerReader.Found found = new ServerReader(server, PLATFORM).read();
            readings.succeeded(PLATFORM, name, server.view().changedAt(), found.wire(), found.items(), found.remark());
        } catch (RuntimeException e) {
            Rejection refusal = Failures.rejection(e);
            LOG.info(
                    "An MCP server could not be read",
                    "server",
                    name,
                    "error",
                    refusal.code().name());
            readings.failed(PLATFORM, name, server.view().changedAt(), refusal.getMessage());
        }
    }
}
