package io.thespace.plugin.api;

import io.thespace.plugin.api.client.Client;
import io.thespace.plugin.api.client.Progress;
import java.util.Map;
import java.util.Optional;

/**
 * One call of an endpoint that is well-formed and allowed.
 *
 * @param actor who calls
 * @param body the decoded and validated request body; null where the endpoint declares none
 * @param parameters the declared parameters that came, by name, each of its declared type
 * @param page which page is asked for; null unless the endpoint answers with pages
 * @param upload the file that came; empty unless the endpoint takes one
 * @param idempotencyKey what the caller sent, for an endpoint that passes the call on to another one; an endpoint that is
 *     itself idempotent need not look at it
 * @param client the client that waits for the answer; can be asked nothing unless its protocol allows it
 */
public record Call<B>(
        Actor actor,
        B body,
        Map<String, Object> parameters,
        PageRequest page,
        Optional<Upload> upload,
        Optional<String> idempotencyKey,
        Client client) {

    /** A path parameter. */
    public <T> T path(String name, Class<T> type) {
        return type.cast(parameters.get(name));
    }

    /**
     * Reports how far the call has come: MCP clients that asked for it are notified, up to 100 times in a call.
     *
     * @param total null when it is not known
     * @param message null for none
     */
    public void progress(double done, Double total, String message) {
        client.progress(new Progress(done, total, message));
    }

    /** A request header, if it came. */
    public Optional<String> header(String name) {
        return query(name, String.class);
    }

    /** A query parameter, if it came. */
    public <T> Optional<T> query(String name, Class<T> type) {
        return Optional.ofNullable(type.cast(parameters.get(name)));
    }
}
