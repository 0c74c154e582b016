package io.thespace.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.annotation.Nullable;

/**
 * A kind of event.
 *
 * @param description when it is published
 * @param publisher the least role of callers that may publish it: {@code guest}, {@code user} or {@code admin}; null when only its
 *     source does
 * @param schema the JSON Schema (draft 2020-12) of its data
 */
public record EventTypeView(
        String type, String source, String description, @Nullable String publisher, JsonNode schema) {

    /** For the documentation. */
    public static final EventTypeView EXAMPLE = new EventTypeView(
            "session_started",
            "/sessions",
            "A session began; the subject is the session.",
            null,
            JsonNodeFactory.instance
                    .objectNode()
                    .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                    .put("type", "object"));
}
