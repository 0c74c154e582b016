package io.thespace.mcp.federation;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Refusals of the registry of servers, and then of calls of their tools, in the order of the checks. */
public enum FederationError implements ErrorCode {
    SERVER_INVALID(Kind.INVALID, "A member of the server has a value that is not supported or not allowed."),
    SERVER_NOT_FOUND(Kind.NOT_FOUND, "There is no MCP server with this name."),
    SERVER_TAKEN(Kind.CONFLICT, "An MCP server with this name exists."),
    TOO_MANY_SERVERS(Kind.CONFLICT, "The maximum number of MCP servers exists."),
    SERVER_NEEDED(Kind.CONFLICT, "A virtual server has this one as a member."),
    CREDENTIAL_UNSEALABLE(Kind.UNAVAILABLE, "The node has no usable key to encrypt a credential with."),
    CHANGE_OUTDATED(Kind.CONFLICT, "The server's current definition differs from the one being accepted."),
    CREDENTIAL_NOT_FOUND(Kind.NOT_FOUND, "The caller has stored no credential for this server."),
    CREDENTIAL_NOT_TAKEN(Kind.INVALID, "The server does not use per-user credentials."),
    AUTHORIZATION_NOT_OFFERED(Kind.INVALID, "The server has no authorization server that users can be sent to."),
    AUTHORIZATION_UNKNOWN(Kind.CONFLICT, "The caller has no pending authorization with this state, or it has expired."),
    AUTHORIZATION_REFUSED(Kind.FORBIDDEN, "The authorization server rejected the code or the refresh token."),
    VIRTUAL_SERVER_UNKNOWN(Kind.NOT_FOUND, "There is no such virtual server, or the caller may not use it."),
    CREDENTIAL_MISSING(Kind.FORBIDDEN, "The server needs a credential that the caller has not deposited."),
    CREDENTIAL_UNREADABLE(Kind.UNAVAILABLE, "A credential for the server cannot be decrypted on this node."),
    CREDENTIAL_REFUSED(Kind.FORBIDDEN, "The server rejected the credential."),
    SERVER_REFUSED(Kind.INVALID, "The server rejected the request."),
    SERVER_ANSWER_INVALID(Kind.UPSTREAM_FAILED, "The server's response is not valid MCP."),
    SERVER_ANSWER_TOO_LARGE(Kind.UPSTREAM_FAILED, "The server's response exceeds the maximum size."),
    TOOL_FAILED(Kind.UPSTREAM_FAILED, "The remote tool reports an error.");

    private final Kind kind;
    private final String summary;

    FederationError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        FederationError[] value();
    }
}
