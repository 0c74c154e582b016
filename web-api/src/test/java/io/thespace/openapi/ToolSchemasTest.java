package io.thespace.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.thespace.application.ApiApplication;
import io.thespace.application.ManagementApplication;
import io.thespace.endpoint.Routes;
import io.thespace.jaxrs.Declarations;
import io.thespace.jaxrs.RestApplication;
import io.thespace.json.Json;
import io.thespace.mcp.McpTool;
import io.thespace.plugin.api.Endpoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolSchemasTest {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static List<McpTool> tools() {
        Routes routes = new Routes();
        Declarations declarations = new Declarations(routes, null);
        for (RestApplication application : List.of(new ApiApplication(), new ManagementApplication())) {
            declarations.read(application.getClass(), application.resources());
        }
        return routes.all().stream()
                .filter(route -> route.endpoint().tool())
                .map(route -> new McpTool(route.endpoint().action(), route))
                .toList();
    }

    private static void fits(ObjectNode schema, JsonNode value) {
        assertThat(SCHEMAS.getSchema(schema).validate(value))
                .as("%s%n%s", schema, value)
                .isEmpty();
    }

    private static JsonNode json(Object value) {
        return Json.MAPPER.valueToTree(value);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theExampleOfARequestFits(McpTool tool) {
        ObjectNode schema = ToolSchemas.input(tool);
        Endpoint<?> endpoint = tool.route().endpoint();
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        ObjectNode arguments = endpoint.bodyExample() == null
                ? Json.MAPPER.createObjectNode()
                : (ObjectNode) Examples.withoutNulls(json(endpoint.bodyExample()));
        schema.path("required").forEach(name -> {
            if (!arguments.has(name.asText())) {
                assertThat(endpoint.parameters())
                        .as("a required argument that is neither a member nor a parameter")
                        .anyMatch(parameter -> parameter.name().equals(name.asText()));
                arguments.put(name.asText(), "0192bda5-0000-7000-8000-000000000001");
            }
        });
        fits(schema, arguments);
        assertThat(SCHEMAS.getSchema(schema).validate(arguments.deepCopy().put("never_declared", 1)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theExampleOfAnAnswerFits(McpTool tool) {
        ObjectNode schema = ToolSchemas.output(tool);
        Endpoint.Shape shape = tool.route().endpoint().answer();
        if (schema == null) {
            assertThat(shape.form()).isIn(Endpoint.Shape.Form.NONE, Endpoint.Shape.Form.CONTENT);
            return;
        }
        JsonNode example = json(shape.example());
        if (shape.form() != Endpoint.Shape.Form.ONE) {
            ObjectNode list = Json.MAPPER.createObjectNode();
            list.putArray("items").add(example);
            if (shape.form() == Endpoint.Shape.Form.PAGE) {
                list.putNull("next_cursor").putNull("total");
            }
            example = list;
        }
        fits(schema, example);
    }
}
