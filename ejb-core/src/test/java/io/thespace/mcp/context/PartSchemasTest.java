package io.thespace.mcp.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartSchemasTest {

    private static List<FieldError> faults(String data, String schema) throws JsonProcessingException {
        ContextPart part = new ContextPart(
                "a", "application/json", Json.MAPPER.readTree(data), (ObjectNode) Json.MAPPER.readTree(schema));
        return PartSchemas.faults("parts[0]", part);
    }

    @Test
    void dataFitTheirSchemaOrAreNamed() throws JsonProcessingException {
        String schema = "{\"type\": \"object\", \"properties\": {\"left\": {\"type\": \"integer\"}}}";
        assertThat(faults("{\"left\": 3}", schema)).isEmpty();
        assertThat(faults("{\"left\": \"three\"}", schema)).singleElement().satisfies(fault -> assertThat(fault.field())
                .isEqualTo("parts[0].data.left"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"$id\": \"http://127.0.0.1:9/schema\"}",
                "{\"$dynamicRef\": \"#a\"}",
                "{\"pattern\": \"(a+)+$\"}",
                "{\"patternProperties\": {\"(a+)+$\": true}}",
                "{\"items\": {\"pattern\": \"a\"}}",
                "{\"anyOf\": [true, {\"$ref\": \"http://127.0.0.1:9/schema\"}]}",
                "{\"properties\": {\"pattern\": {\"pattern\": \"a\"}}}",
                "{\"$defs\": {\"const\": {\"$ref\": \"#\"}}}",
                "{\"not\": {\"if\": {\"pattern\": \"a\"}}}",
                "{\"$schema\": \"http://127.0.0.1:9/draft\"}",
            })
    void aSchemaNeitherFetchesNorTakesLong(String schema) throws JsonProcessingException {
        assertThat(faults("1", schema)).singleElement().satisfies(fault -> assertThat(fault.field())
                .isEqualTo("parts[0].schema"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\": {\"pattern\": {\"type\": \"string\"}, \"$ref\": true}}",
                "{\"enum\": [1, {\"$ref\": \"x\"}]}",
                "{\"default\": {\"pattern\": \"x\"}}",
            })
    void namesAndDataThatLookLikeKeywordsAreTaken(String schema) throws JsonProcessingException {
        assertThat(faults("1", schema)).isEmpty();
    }
}
