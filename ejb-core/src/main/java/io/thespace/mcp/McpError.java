package io.thespace.mcp;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of the MCP server, in the order of the checks. */
public enum McpError implements ErrorCode {
    ORIGIN_REFUSED(Kind.FORBIDDEN, "Pages of this origin may not call the MCP server."),
    MESSAGE_UNREADABLE(Kind.INVALID, "The body is not JSON in UTF-8, or is nested too deep."),
    MESSAGE_INVALID(Kind.INVALID, "The body is not a message of JSON-RPC 2.0."),
    PARAMS_INVALID(Kind.INVALID, "The parameters of the message are not those of its method."),
    SESSION_UNKNOWN(Kind.NOT_FOUND, "The caller has no such session; it may have ended."),
    CURSOR_INVALID(Kind.INVALID, "The cursor was not issued for this list."),
    TOOL_UNKNOWN(Kind.NOT_FOUND, "The tool does not exist, or the caller may not call it."),
    RESOURCE_UNKNOWN(Kind.NOT_FOUND, "The resource does not exist, or the caller may not read it."),
    PROMPT_UNKNOWN(Kind.NOT_FOUND, "The prompt does not exist, or the caller may not use it."),
    SUBSCRIPTIONS_EXCEEDED(Kind.LIMITED, "The client has the maximum number of resource subscriptions."),
    KEY_MISSING(Kind.INVALID, "The tool cannot be undone and needs an idempotency key."),
    ANSWER_INVALID(Kind.UPSTREAM_FAILED, "The result is not valid MCP content."),
    ANSWER_TOO_LARGE(Kind.UPSTREAM_FAILED, "The result exceeds the maximum size over MCP."),
    APPROVAL_AWAITED(Kind.CONFLICT, "The call was not made: it waits for an approval.");

    private final Kind kind;
    private final String summary;

    McpError(Kind kind, String summary) {
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
        McpError[] value();
    }
}
