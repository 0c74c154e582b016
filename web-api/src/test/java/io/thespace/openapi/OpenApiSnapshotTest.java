package io.thespace.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.application.ActionsApplication;
import io.thespace.application.AgentApplication;
import io.thespace.application.ApiApplication;
import io.thespace.application.ManagementApplication;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Routes;
import io.thespace.gateway.servlet.GatewayEndpoints;
import io.thespace.jaxrs.Declarations;
import io.thespace.jaxrs.RestApplication;
import io.thespace.json.Json;
import io.thespace.plugin.api.EmailAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares what the annotations of the resources declare with a snapshot of both documents. A change of the API changes the
 * snapshot in the same commit, where a reviewer sees it; {@code -Dspace.snapshot.write=true} writes it anew.
 */
class OpenApiSnapshotTest {

    @Test
    void thePlatformsApiIsAsDocumented() throws IOException {
        compare(document(Family.PLATFORM), "api.json");
    }

    @Test
    void theManagementApiIsAsDocumented() throws IOException {
        compare(document(Family.MANAGEMENT), "management.json");
    }

    /** {@code LoginRequest} is left out: what is looked up is not stored, and is compared in its normal form. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void membersThatHoldEmailAddressesAreEmailAddresses(Family family) {
        JsonNode schemas = document(family).at("/components/schemas");
        List<String> unconstrained = new ArrayList<>();
        List<String> constrained = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            boolean sent = schema.getValue().path("additionalProperties").isBoolean();
            if (!sent || schema.getKey().equals("LoginRequest")) {
                continue;
            }
            for (Map.Entry<String, JsonNode> member :
                    schema.getValue().path("properties").properties()) {
                if (member.getKey().contains("email")) {
                    String pattern = member.getValue().path("pattern").asText();
                    boolean ours = pattern.equals("^(?:" + EmailAddress.PATTERN + ")$")
                            && member.getValue().path("format").asText().equals("email")
                            && member.getValue().path("maxLength").asInt() == 254;
                    (ours ? constrained : unconstrained).add(schema.getKey() + "." + member.getKey());
                }
            }
        }
        assertThat(constrained).isNotEmpty();
        assertThat(unconstrained)
                .as("members of requests that need @EmailAddress")
                .isEmpty();
    }

    @Test
    void callsThatAreForwardedHaveTheKeysAndResponsesOfTheirTargets() {
        JsonNode paths = document(Family.PLATFORM).path("paths");
        JsonNode action = paths.path("/api/v1/gateway/plugin/{plugin}").path("post");
        JsonNode tool = paths.path("/api/mcp/tools/{name}/invoke").path("post");

        assertThat(action.path("parameters").findValuesAsText("name")).contains("Idempotency-Key");
        assertThat(tool.path("parameters").findValuesAsText("name")).contains("Idempotency-Key");
        assertThat(action.path("responses").fieldNames())
                .toIterable()
                .contains("200", "201", "202", "403", "409", "422", "429");
        assertThat(tool.path("responses").fieldNames()).toIterable().contains("200", "429");
    }

    private static ObjectNode document(Family family) {
        List<RestApplication> applications = family == Family.PLATFORM
                ? List.of(new ApiApplication(), new ActionsApplication(), new AgentApplication())
                : List.of(new ManagementApplication());
        Routes routes = new Routes();
        Declarations declarations = new Declarations(routes, null);
        applications.forEach(one -> declarations.read(one.getClass(), one.resources()));
        if (family == Family.PLATFORM) {
            new GatewayEndpoints().addTo(routes);
        }
        return OpenApi.document(routes.all(), new OpenApi.Info("0", family));
    }

    private static void compare(ObjectNode document, String snapshot) throws IOException {
        if (Boolean.getBoolean("space.snapshot.write")) {
            Files.writeString(
                    Path.of("src/test/resources/io/thespace/openapi", snapshot),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
        }
        JsonNode expected = read(snapshot);

        List<String> differences = new ArrayList<>();
        expected.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!document.path("paths").path(path.getKey()).has(method)) {
                        differences.add(method + " " + path.getKey() + " is gone");
                    }
                }));
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode before = expected.path("paths").path(path.getKey()).path(operation.getKey());
                differ(operation.getKey() + " " + path.getKey(), before, operation.getValue(), differences);
            }
        }
        for (String part : List.of("schemas", "parameters", "headers", "responses")) {
            for (Map.Entry<String, JsonNode> one :
                    document.path("components").path(part).properties()) {
                JsonNode before = expected.path("components").path(part).path(one.getKey());
                differ(part + " " + one.getKey(), before, one.getValue(), differences);
            }
        }
        assertThat(differences).isEmpty();
        // Java's inline flags, classes of POSIX and quotations are none of ECMA-262's (JSON
        // Schema 2020-12, 6.4), and its properties of characters only in a mode that not all
        // tools use.
        assertThat(document.findValuesAsText("pattern"))
                .isNotEmpty()
                .noneMatch(pattern -> pattern.matches(".*(\\(\\?[a-zA-Z]|\\\\[pP]\\{|\\\\[QAZz]|&&).*"));
    }

    private static JsonNode read(String snapshot) throws IOException {
        try (InputStream in = OpenApiSnapshotTest.class.getResourceAsStream(snapshot)) {
            return Json.MAPPER.readTree(in);
        }
    }

    private static void differ(String where, JsonNode before, JsonNode now, List<String> differences) {
        if (before.isObject() && now.isObject()) {
            before.fieldNames().forEachRemaining(name -> differ(where + "/" + name, before, now, name, differences));
            now.fieldNames().forEachRemaining(name -> {
                if (!before.has(name)) {
                    differences.add(where + "/" + name + " is new: " + now.get(name));
                }
            });
        } else if (!normal(before).equals(normal(now))) {
            differences.add(where + "\n  was " + before + "\n  is  " + now);
        }
    }

    private static void differ(String where, JsonNode before, JsonNode now, String name, List<String> differences) {
        if (now.has(name)) {
            differ(where, before.get(name), now.get(name), differences);
        } else {
            differences.add(where + " is gone: " + before.get(name));
        }
    }

    /** Parameters have no order, and 1.0 is 1. */
    private static JsonNode normal(JsonNode node) {
        if (node.isNumber()) {
            return TextNode.valueOf(node.decimalValue().stripTrailingZeros().toPlainString());
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.MAPPER.createObjectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), normal(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> items = new ArrayList<>();
            array.forEach(item -> items.add(normal(item)));
            if (!items.isEmpty() && items.get(0).isObject()) {
                items.sort(Comparator.comparing(JsonNode::toString));
            }
            return Json.MAPPER.createArrayNode().addAll(items);
        }
        return node;
    }
}
