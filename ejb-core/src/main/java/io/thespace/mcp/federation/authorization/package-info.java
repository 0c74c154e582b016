/**
 * Users authorize the platform at a remote server's authorization server (OAuth 2.1: Authorization Code with PKCE, RFC 7636, for the
 * server's address, RFC 8707), and what it gives is kept as the user's credential and renewed.
 *
 * <p>Invariants: a code is redeemed only for the user who began the authorization with its state, once, and within ten minutes;
 * tokens and the verifier are sealed at rest; a refresh token is used by one call at a time, on whichever node.
 *
 * <p>What may fail: the authorization server, with a time limit; then the credential stays as it was. When it rejects the refresh
 * token, the user has to authorize the platform again, and is told so.
 */
package io.thespace.mcp.federation.authorization;
