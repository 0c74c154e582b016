package io.thespace.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.util.Map;

/** Metadata of callers: any JSON object, stored as text and not interpreted. */
final class Metadata {

    private static final int MAX_CHARACTERS = 8_000;

    private Metadata() {}

    /** As the database keeps it; null for an empty one. */
    static String text(Map<String, Object> metadata) {
        String text;
        try {
            text = metadata == null ? "{}" : Json.MAPPER.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("What was read as JSON cannot be written as such", e);
        }
        if (text.length() > MAX_CHARACTERS) {
            throw Rejection.of(
                    SessionError.METADATA_TOO_LARGE,
                    "metadata",
                    "metadata must be at most %d characters as JSON.".formatted(MAX_CHARACTERS));
        }
        return text;
    }

    static Map<String, Object> of(String text) {
        try {
            return Json.MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Metadata in the database are not valid JSON", e);
        }
    }
}
