package io.thespace.mcp.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A part of a context.
 *
 * @param name unique in its context; the data become the tool argument of the same name in calls with the context
 * @param mediaType of the data; {@code application/json} when left out
 * @param data any JSON for a JSON media type; otherwise a text
 * @param schema the schema of the data, a JSON Schema (2020-12) without references and regular expressions; null for
 *     none
 */
public record ContextPart(
        @NotNull
                @Pattern(
                        regexp = "[A-Za-z_][A-Za-z0-9_.-]{0,62}",
                        message = "must be up to 63 letters, digits, _ . and -, the first a letter or _")
                String name,
        @Nullable
                @Size(max = 100)
                @Pattern(
                        regexp = "[a-z]+/[a-z0-9.+-]+(;\\s?[a-z0-9-]+=[A-Za-z0-9._-]+)*",
                        message = "must be a media type such as text/plain")
                String mediaType,
        @NotNull JsonNode data,
        @Nullable ObjectNode schema) {

    private static final String JSON = "application/json";

    /** For the documentation. */
    public static final ContextPart EXAMPLE = new ContextPart(
            "query",
            JSON,
            JsonNodeFactory.instance.textNode("morning call"),
            JsonNodeFactory.instance.objectNode().put("type", "string").put("maxLength", 200));

    /** The same with the media type that is meant when it is left out. */
    ContextPart complete() {
        return mediaType == null ? new ContextPart(name, JSON, data, schema) : this;
    }

    /** Whether the data are JSON of any shape. */
    boolean json() {
        return mediaType.startsWith(JSON) || mediaType.contains("+json");
    }
}
