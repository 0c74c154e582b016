package io.thespace.mcp.federation;

/**
 * The platform's client registration at a remote server's authorization server.
 *
 * @param server the remote server's name
 * @param resource the remote server's address, the audience of tokens (RFC 8707)
 * @param order the endpoints and the client id
 * @param secret null for a public client
 */
public record OAuthClient(String server, String resource, OAuthOrder order, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[" + server + "]";
    }
}
