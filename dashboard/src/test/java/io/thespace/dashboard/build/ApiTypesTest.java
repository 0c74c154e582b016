package io.thespace.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ApiTypesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ApiTypes types = new ApiTypes();

    ApiTypesTest() throws JsonProcessingException {
        types.add(
                "api",
                MAPPER.readTree(
                        """
                {"paths": {"/api/notes/{id}": {"put": {
                   "x-least-role": "user", "x-permission": "note_write", "summary": "Change a note",
                   "parameters": [
                     {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                     {"$ref": "#/components/parameters/limit"}],
                   "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NoteOrder"}}}},
                   "responses": {
                     "404": {"content": {"application/json": {"schema": {"type": "string"}}}},
                     "200": {"content": {"application/json": {"schema": {
                       "type": "array", "items": {"$ref": "#/components/schemas/NoteView"}}}}}}}}},
                 "components": {
                   "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
                   "schemas": {
                     "NoteOrder": {"type": "object", "required": ["text"], "properties": {
                       "text": {"type": "string"}, "kind": {"enum": ["A", "B"]}, "tag": {"$ref": "#/components/schemas/Tag"}}},
                     "Tag": {"type": "object", "additionalProperties": {"type": "boolean"}},
                     "NoteView": {"type": "object", "required": ["at"], "properties": {
                       "at": {"type": ["string", "null"]}, "a-b": {"anyOf": [{"type": "null"}, {"type": "number"}]}}}}}}
                """));
    }

    @Test
    void schemasBecomeTypes() {
        assertThat(types.types())
                .contains(
                        "export type NoteOrder = {text: string; kind?: (\"A\" | \"B\"); tag?: Tag; };",
                        "export type Tag = {[name: string]: boolean; };",
                        "export type NoteView = {at: (string | null); 'a-b'?: (null | number); };");
    }

    @Test
    void operationsNameWhatTheyTakeAndAnswer() {
        assertThat(types.types())
                .contains("'PUT /api/notes/{id}': {path: {id: string; }; query: {limit?: number; };"
                        + " body: Api.NoteOrder; answer: Api.NoteView[]};");
    }

    @Test
    void operationsNameWhatTheyNeed() {
        assertThat(types.needs()).contains("{\"PUT /api/notes/{id}\":[\"user\",\"note_write\"]}");
    }

    @Test
    void formsHaveNoReferences() {
        JsonNode form = types.forms().path("PUT /api/notes/{id}");

        assertThat(form.path("summary").asText()).isEqualTo("Change a note");
        assertThat(form.toString()).doesNotContain("$ref");
        assertThat(form.at("/schema/properties/tag/type").asText()).isEqualTo("object");
    }
}
