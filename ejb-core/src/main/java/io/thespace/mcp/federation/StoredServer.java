package io.thespace.mcp.federation;

import java.util.List;

/**
 * A server as nodes load it.
 *
 * @param sealedCredential not to be changed; null for none
 * @param items of a remote server: those that are in service
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredServer(McpServerView view, byte[] sealedCredential, List<ServerItem> items) {

    /**
     * What an administrator's credential is sealed for: a changed address in the database does not get it.
     *
     * @param origin scheme, host and port (RFC 6454)
     */
    public static String place(String name, String origin) {
        return "mcp-server " + name + " at " + origin;
    }
}
