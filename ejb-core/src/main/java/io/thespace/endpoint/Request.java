package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Upload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request before any validation. */
public final class Request {

    private final Map<String, String> path;
    private final Map<String, String> query;
    private final byte[] body;
    private final String idempotencyKey;
    private final Upload upload;
    private final Map<String, String> headers;

    /**
     * A request without headers that its endpoint declares.
     *
     * @param path the values of the path's parameters, by name
     * @param query the values of the query, by name
     * @param body JSON; empty when there is none
     * @param idempotencyKey null when there is none
     * @param upload the uploaded file; null when there is none
     */
    public Request(
            Map<String, String> path, Map<String, String> query, byte[] body, String idempotencyKey, Upload upload) {
        this(path, query, Map.of(), body, idempotencyKey, upload);
    }

    /**
     * A request with the headers that its endpoint declares.
     *
     * @param headers the values of the headers that the endpoint declares, by their declared name
     */
    public Request(
            Map<String, String> path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            String idempotencyKey,
            Upload upload) {
        this.headers = headers;
        this.path = path;
        this.query = query;
        this.body = body;
        this.idempotencyKey = idempotencyKey;
        this.upload = upload;
    }

    /** A request of which only the resource is known that its path names. */
    public static Request of(Map<String, String> path) {
        return new Request(path, Map.of(), new byte[0], null, null);
    }

    /**
     * The call that a declaration gives as its example: the parameters that have an example, and the body's.
     *
     * @return empty when a parameter of the path or the body has none
     */
    static Optional<Request> example(Route route) throws JsonProcessingException {
        Endpoint<?> endpoint = route.endpoint();
        Map<String, String> path = new HashMap<>();
        Map<String, String> query = new HashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            if (parameter.example() != null && parameter.in() != Parameter.In.HEADER) {
                (parameter.in().path() ? path : query).put(parameter.name(), String.valueOf(parameter.example()));
            } else if (parameter.in().path()) {
                return Optional.empty();
            }
        }
        if (endpoint.bodyType() == Void.class) {
            return Optional.of(new Request(path, query, new byte[0], null, null));
        } else if (endpoint.bodyExample() == null) {
            return Optional.empty();
        }
        byte[] body = route.mount().mapper().writeValueAsBytes(endpoint.bodyExample());
        return Optional.of(new Request(path, query, body, null, null));
    }

    Map<String, String> path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
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
