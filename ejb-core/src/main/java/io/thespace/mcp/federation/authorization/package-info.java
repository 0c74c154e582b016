/**
 * Users authorize the platform at a remote server's authorization server (OAuth 2.1: Authorization Code with PKCE, RFC
 * 7636, for the server's address, RFC 8707), and its tokens are stored as the user's credential and renewed.
 *
 * <p>Invariants: a code is redeemed only for the user who started the authorization with its state, once, and within
 * ten minutes; tokens and the verifier are sealed at rest; a refresh token is used by one call at a time, over all
 * nodes.
 *
 * <p>Failures: those of the authorization server, within a time limit; the credential is then unchanged. When it
 * rejects the refresh token, the call fails with an error that asks the user to authorize the platform again.
 */
package io.thespace.mcp.federation.authorization;
