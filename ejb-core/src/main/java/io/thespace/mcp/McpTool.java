package io.thespace.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Method;

/**
 * An endpoint as a tool.
 *
 * @param name unique among all tools: the action of an endpoint of the platform; for a plugin's, its id, a hyphen and the
 *     action. Ids and actions have no hyphens.
 * @param route the endpoint
 * @param foreign a remote server's description of its tool; null for an endpoint's
 */
public record McpTool(String name, Route route, Foreign foreign) {

    /**
     * A tool of a remote server, as it was accepted.
     *
     * @param server the remote server's name
     * @param output null for none
     * @param needsKey whether it is declared destructive, so that each call needs an idempotency key
     */
    public record Foreign(
            String server,
            String title,
            String description,
            ObjectNode input,
            ObjectNode output,
            boolean readOnly,
            boolean destructive,
            boolean idempotent,
            boolean needsKey) {}

    /** An endpoint as a tool. */
    public McpTool(String name, Route route) {
        this(name, route, null);
    }

    /** The tool that an endpoint declares. */
    static McpTool of(Route route) {
        String action = route.endpoint().action();
        return new McpTool(route.ofPlugin() ? route.group() + "-" + action : action, route);
    }

    /** Whether an endpoint is declared as a tool, and answers with something that a tool can answer with. */
    static boolean declared(Route route) {
        Endpoint<?> endpoint = route.endpoint();
        return endpoint.tool()
                && endpoint.handler() != null
                && (endpoint.answer().form() != Endpoint.Shape.Form.CONTENT
                        || textual(endpoint.answer().mediaType())
                        || media(endpoint.answer().mediaType()) != null);
    }

    /** The kind of content block that a body of this media type is; null for none. */
    static String media(String mediaType) {
        return mediaType.startsWith("image/") ? "image" : mediaType.startsWith("audio/") ? "audio" : null;
    }

    /** Whether a body of this media type is text. */
    static boolean textual(String mediaType) {
        return mediaType.startsWith("text/")
                || mediaType.startsWith("application/json")
                || mediaType.contains("+json")
                || mediaType.contains("yaml")
                || mediaType.contains("ndjson");
    }

    /** Returns a short title. */
    public String title() {
        return foreign != null ? foreign.title() : route.endpoint().summary();
    }

    /** Returns a description in sentences. */
    public String description() {
        String sentences = route.endpoint().description();
        String text = foreign != null
                ? foreign.description()
                : sentences.isBlank() ? title() + "." : title() + ". " + sentences;
        return needsKey()
                ? text + (text.isEmpty() ? "" : " ")
                        + "Send a new idempotency_key for each new call, and the same one to repeat it."
                : text;
    }

    /** Whether it changes nothing: it is read with GET, or counts as a read. */
    public boolean readOnly() {
        if (foreign != null) {
            return foreign.readOnly();
        }
        Endpoint<?> endpoint = route.endpoint();
        return endpoint.method() == Method.GET || (endpoint.limit() == LimitClass.READ && !endpoint.destructive());
    }

    /** Whether it replaces or removes something, or does what the caller cannot take back. */
    public boolean destructive() {
        if (foreign != null) {
            return foreign.destructive();
        }
        Endpoint<?> endpoint = route.endpoint();
        return !readOnly() && (endpoint.destructive() || endpoint.method() != Method.POST);
    }

    /**
     * Whether repeating the call has no further effect (RFC 9110, section 9.2.2), or is detected by its idempotency
     * key.
     */
    public boolean idempotent() {
        if (foreign != null) {
            return foreign.idempotent();
        }
        Method method = route.endpoint().method();
        return readOnly() || method == Method.PUT || method == Method.DELETE || needsKey();
    }

    /** Whether each call needs an idempotency key. */
    public boolean needsKey() {
        return foreign != null
                ? foreign.needsKey()
                : destructive() && route.endpoint().idempotent();
    }

    /** Whether a call may have an idempotency key. */
    public boolean takesKey() {
        return route.endpoint().idempotent();
    }

    /** Whether it acts on something outside the platform. */
    public boolean openWorld() {
        return foreign != null;
    }

    /** The same tool by another name. */
    public McpTool named(String other) {
        return new McpTool(other, route, foreign);
    }
}
