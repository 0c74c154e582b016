package io.thespace.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A kind of event.
 *
 * @param description when it is published
 * @param schema the JSON Schema (draft 2020-12) of its data
 */
public record EventTypeView(String type, String source, String description, JsonNode schema) {

    /** For the documentation. */
    public static final EventTypeView EXAMPLE = new EventTypeView(
            "session_started",
            "/sessions",
            "A session began; the subject is the session.",
            JsonNodeFactory.instance
                    .objectNode()
                    .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                    .put("type", "object"));
}
