package io.thespace.mcp.servlet.message;

import io.thespace.limit.Allowances;
import io.thespace.mcp.McpSessionView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.worker.Cancellation;

/**
 * A request of an authenticated caller.
 *
 * @param exchange the HTTP request that brought it
 * @param actor the caller
 * @param cancellation of the request by its client
 * @param session the session; null on the wire without sessions
 * @param stream receives messages for the client before the response; null without a stream
 */
public record McpCall(
        Exchange exchange, Actor actor, Cancellation cancellation, McpSessionView session, ClientStream stream) {

    /** A request that belongs to no session. */
    public McpCall(Exchange exchange, Actor actor) {
        this(exchange, actor, new Cancellation(), null, null);
    }

    /** The same request in a session. */
    public McpCall in(McpSessionView one, ClientStream with) {
        return new McpCall(exchange, actor, cancellation, one, with);
    }

    /** Sends messages to the client of a request, before the response. */
    public interface ClientStream {

        /**
         * Sends a notification.
         *
         * @param params become JSON
         */
        void notification(String method, Object params);

        /**
         * Sends a request, whose response arrives in another HTTP request.
         *
         * @param params the parameters, serialized as JSON
         */
        void request(String id, String method, Object params);

        /** Sends an empty message, so that proxies keep the connection open. */
        void keepAlive();
    }

    /** Its key in the SDK's context of a request. */
    public static final String KEY = McpCall.class.getName();

    /** The virtual server that the request's address names; null for the platform's own. */
    public String server() {
        return VirtualAddress.server(exchange.request());
    }

    /** The bearer token with which the caller was authenticated. */
    String token() {
        return Callers.bearer(exchange.request());
    }

    /** Keeps what the caller has left of each limit. */
    void counted(Allowances left) {
        exchange.allowed(left);
        if (left.allowed()) {
            exchange.record().letIn();
        }
    }

    /** Keeps why it was refused. */
    public void refused(Rejection refusal) {
        exchange.record().refused(refusal.code());
    }
}
