package io.thespace.endpoint;

import io.thespace.plugin.api.Upload;
import java.util.Map;

/** What a caller sent, before anything of it is checked. */
public final class Request {

    private final Map<String, String> path;
    private final Map<String, String> query;
    private final byte[] body;
    private final String idempotencyKey;
    private final Upload upload;

    /**
     * A request as it came.
     *
     * @param path the values of the path's parameters, by name
     * @param query the values of the query, by name
     * @param body JSON; empty when there was none
     * @param idempotencyKey null when there was none
     * @param upload the file that came; null when there was none
     */
    public Request(
            Map<String, String> path, Map<String, String> query, byte[] body, String idempotencyKey, Upload upload) {
        this.path = path;
        this.query = query;
        this.body = body;
        this.idempotencyKey = idempotencyKey;
        this.upload = upload;
    }

    Map<String, String> path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    String idempotencyKey() {
        return idempotencyKey;
    }

    Upload upload() {
        return upload;
    }
}
