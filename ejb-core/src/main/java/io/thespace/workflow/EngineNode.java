package io.thespace.workflow;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** This node's engine among those of the cluster. */
@ApplicationScoped
public class EngineNode {

    private final String owner = UUID.randomUUID().toString();
    private final String name = hostName() + " " + owner.substring(0, 8);

    /** Returns the lock owner of this node's steps; a new one at each start. */
    public String owner() {
        return owner;
    }

    /** Returns the displayed name: the host, and the beginning of {@link #owner}. */
    public String name() {
        return name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
