package io.thespace.mcp;

import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Parameter;

/**
 * An endpoint as a resource, or as a template of resources.
 *
 * @param uri {@code space://} and the path; its parameters are in braces (RFC 6570)
 * @param route the endpoint
 * @param foreign a remote server's description of its resource; null for an endpoint's
 */
public record McpResourceEntry(String uri, Route route, Foreign foreign) {

    /**
     * A remote server's description of a resource.
     *
     * @param mediaType null when it is not given
     */
    public record Foreign(String name, String title, String description, String mediaType) {}

    static final String SCHEME = "space://";

    /** The resource that an endpoint declares. */
    static McpResourceEntry of(Route route) {
        String path = route.path();
        for (Parameter parameter : route.endpoint().parameters()) {
            if (parameter.in() == Parameter.In.TAIL) {
                path = path.replace("{" + parameter.name() + "}", "{+" + parameter.name() + "}");
            }
        }
        return new McpResourceEntry(SCHEME + path, route, null);
    }

    /** Whether its URI has parameters. */
    public boolean template() {
        return uri.indexOf('{') >= 0;
    }

    /** The path without the leading slash. */
    public String name() {
        return foreign != null ? foreign.name() : route.path().substring(1);
    }

    /** Returns a short title. */
    public String title() {
        return foreign != null ? foreign.title() : route.endpoint().summary();
    }

    /** Returns a description in sentences. */
    public String description() {
        return foreign != null ? foreign.description() : route.endpoint().description();
    }

    /** Returns the media type of its content; null when it is known only after reading. */
    public String mediaType() {
        if (foreign != null) {
            return foreign.mediaType();
        }
        Endpoint.Shape answer = route.endpoint().answer();
        return answer.mediaType() == null || answer.mediaType().contains("*") ? null : answer.mediaType();
    }

    /** The same resource at another URI. */
    public McpResourceEntry located(String other) {
        return new McpResourceEntry(other, route, foreign);
    }
}
