package io.thespace.mcp.servlet.message;

import io.thespace.mcp.McpError;
import io.thespace.plugin.api.Rejection;

/** The codes of JSON-RPC errors (JSON-RPC 2.0, section 5.1): the one place that maps refusals to them. */
public final class JsonRpcErrors {

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;

    /** The first code of the range that servers may define: refusals that have no code in the specification. */
    public static final int REFUSED = -32000;

    private JsonRpcErrors() {}

    /** The code of a refusal. */
    public static int of(Rejection refusal) {
        if (refusal.code() == McpError.MESSAGE_UNREADABLE) {
            return PARSE_ERROR;
        } else if (refusal.code() == McpError.MESSAGE_INVALID) {
            return INVALID_REQUEST;
        }
        return switch (refusal.code().kind()) {
            case INVALID,
                    NOT_FOUND,
                    GONE,
                    MISMATCH,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE -> INVALID_PARAMS;
            case INTERNAL -> INTERNAL_ERROR;
            case UNAUTHENTICATED,
                    FORBIDDEN,
                    CONFLICT,
                    CHANGED,
                    TOO_SLOW,
                    LIMITED,
                    NOT_CONFIGURED,
                    UNAVAILABLE,
                    UPSTREAM_FAILED,
                    UPSTREAM_LATE -> REFUSED;
        };
    }
}
