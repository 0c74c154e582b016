package io.thespace.mcp.federation;

/**
 * The platform as a remote server's authorization server knows it.
 *
 * @param server the remote server's name
 * @param resource the remote server's address: what tokens are for (RFC 8707)
 * @param order where and as whom
 * @param secret null for a public client
 */
public record OAuthClient(String server, String resource, OAuthOrder order, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "OAuthClient[" + server + "]";
    }
}
