package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import java.util.HashSet;

/** JSON Schemas of records as the platform writes them, each a document of its own. */
public final class DataSchemas {

    /** Stored in the class itself, so that it is released with its plugin. */
    private static final ClassValue<ObjectNode> DOCUMENTS = new ClassValue<>() {
        @Override
        protected ObjectNode computeValue(Class<?> type) {
            return document(type);
        }
    };

    private DataSchemas() {}

    /** The schema of a record, which is not to be changed. */
    public static JsonNode of(Class<?> type) {
        return DOCUMENTS.get(type);
    }

    private static ObjectNode document(Class<?> type) {
        ObjectMapper mapper = Json.separate();
        Schemas schemas = new Schemas(mapper, Schemas.Direction.ANSWER, new HashSet<>());
        ObjectNode reference = schemas.of(type);
        ObjectNode definitions = schemas.definitions("$defs");
        ObjectNode document = mapper.createObjectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll(reference);
        document.set("$defs", definitions);
        return document;
    }
}
