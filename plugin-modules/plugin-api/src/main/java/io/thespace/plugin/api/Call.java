package io.thespace.plugin.api;

import io.thespace.plugin.api.client.Client;
import io.thespace.plugin.api.client.Progress;
import java.util.Map;
import java.util.Optional;

/**
 * A well-formed and authorized call of an endpoint.
 *
 * @param actor the caller
 * @param body the decoded and validated request body; null where the endpoint declares none
 * @param parameters the declared parameters of the request, by name, each of its declared type
 * @param page the requested page; null unless the endpoint returns pages
 * @param upload the uploaded file; empty unless the endpoint takes one
 * @param idempotencyKey the caller's key, for an endpoint that forwards the call to another one; an idempotent endpoint
 *     can ignore it
 * @param client the client that waits for the response; can be queried only if its protocol supports it
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
     * Reports the progress of the call: MCP clients that requested it are notified, up to 100 times in a call.
     *
     * @param total null when it is not known
     * @param message null for none
     */
    public void progress(double done, Double total, String message) {
        client.progress(new Progress(done, total, message));
    }

    /** Returns a request header, if present. */
    public Optional<String> header(String name) {
        return query(name, String.class);
    }

    /** Returns a query parameter, if present. */
    public <T> Optional<T> query(String name, Class<T> type) {
        return Optional.ofNullable(type.cast(parameters.get(name)));
    }
}
