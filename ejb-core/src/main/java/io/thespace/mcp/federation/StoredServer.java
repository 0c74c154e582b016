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
     * Returns the context to which the encryption of an administrator's credential is bound: changing the address in
     * the database does not redirect it.
     *
     * @param origin scheme, host and port (RFC 6454)
     */
    public static String place(String name, String origin) {
        return "mcp-server " + name + " at " + origin;
    }
}
