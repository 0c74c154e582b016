package io.thespace.mcp.servlet.message;

import io.thespace.limit.Allowances;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.Exchange;

/**
 * One request of an identified caller.
 *
 * @param exchange the HTTP request that brought it
 * @param actor the caller
 * @param notifications takes what the caller is notified of before the response; null when it takes nothing
 */
public record McpCall(Exchange exchange, Actor actor, Notifications notifications) {

    /** Sends notifications to the caller of a request. */
    @FunctionalInterface
    public interface Notifications {

        /**
         * Sends one.
         *
         * @param params become JSON
         */
        void send(String method, Object params);
    }

    /** Its key in the SDK's context of a request. */
    public static final String KEY = McpCall.class.getName();

    /** The virtual server that the request's address names; null for the platform's own. */
    public String server() {
        return VirtualAddress.server(exchange.request());
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
