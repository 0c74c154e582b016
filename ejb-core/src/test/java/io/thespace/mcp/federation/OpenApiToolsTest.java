package io.thespace.mcp.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations of an OpenAPI document as tools. */
class OpenApiToolsTest {

    private static final String DOCUMENT =
            """
            {"openapi": "3.0.3", "paths": {
              "/invoices/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "get": {"operationId": "getInvoice", "summary": "Get an invoice", "parameters": [
                  {"name": "fields", "in": "query", "description": "Which.", "schema": {"type": "array"}},
                  {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}]},
                "put": {"operationId": "putInvoice", "requestBody": {"required": true, "content": {"application/json": {
                  "schema": {"$ref": "#/components/schemas/Invoice"}}}}}},
              "/far": {"get": {"operationId": "far", "requestBody": {"content": {"application/json": {
                  "schema": {"$ref": "http://127.0.0.1/schema.json"}}}}}}},
             "components": {
              "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
              "schemas": {
                "Invoice": {"type": "object", "properties": {"lines": {"items": {"$ref": "#/components/schemas/Line"}}}},
                "Line": {"type": "object", "properties": {"parent": {"$ref": "#/components/schemas/Line"}}},
                "Unused": {"type": "object"}}}}
            """;

    private static OpenApiTools read(String document, String... operations) throws IOException {
        OpenApiTools tools = new OpenApiTools((ObjectNode) Json.MAPPER.readTree(document));
        tools.read(List.of(operations));
        return tools;
    }

    @Test
    void parametersAndBodyAreArguments() throws IOException {
        Map<String, ObjectNode> tools =
                read(DOCUMENT, "getInvoice", "putInvoice").tools();

        ObjectNode get = tools.get("getInvoice");
        assertThat(get.at("/inputSchema/properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("id", "fields");
        assertThat(get.at("/inputSchema/required").toString()).isEqualTo("[\"id\"]");
        assertThat(get.at("/annotations/readOnlyHint").asBoolean()).isTrue();
        assertThat(get.at("/call").toString())
                .isEqualTo("{\"method\":\"GET\",\"path\":\"/invoices/{id}\",\"path_parameters\":[\"id\"],"
                        + "\"query_parameters\":[\"fields\"]}");
        ObjectNode put = tools.get("putInvoice");
        assertThat(put.at("/annotations/destructiveHint").asBoolean()).isTrue();
        assertThat(put.at("/inputSchema/properties/body/$ref").asText()).isEqualTo("#/$defs/Invoice");
        assertThat(put.at("/inputSchema/$defs").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("Invoice", "Line");
        assertThat(put.at("/inputSchema/$defs/Line/properties/parent/$ref").asText())
                .isEqualTo("#/$defs/Line");
    }

    @Test
    void whatIsNotThereOrLiesElsewhereIsAFault() throws IOException {
        assertThat(read(DOCUMENT, "nothing").faults()).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("nothing"));
        assertThat(read(DOCUMENT, "far").faults()).singleElement().satisfies(fault -> assertThat(fault.message())
                .contains("another document"));
        assertThat(read("{\"swagger\": \"2.0\"}", "far").faults()).hasSize(1);
        OpenApiTools none = new OpenApiTools(null);
        none.read(List.of("far"));
        assertThat(none.faults()).hasSize(1);
    }
}
