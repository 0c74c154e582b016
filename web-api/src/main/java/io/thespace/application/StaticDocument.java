package io.thespace.application;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.configuration.Version;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.jaxrs.Declarations;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Parameter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Writes the document that the server itself serves at {@code /openapi} (MicroProfile OpenAPI 3.1, section 5.3, static files):
 * which operations of the platform there are, what they are for and what they take. The whole contract, with schemas,
 * examples, refusals and the endpoints of plugins, is in the live documents that it refers to. It is OpenAPI 3.0, since
 * Payara shows no path of a 3.1 document; the build runs it, and the server's own scan is off, since each server finds
 * something else.
 */
public final class StaticDocument {

    private StaticDocument() {}

    /**
     * Writes the document.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.getParent());
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), document());
    }

    static ObjectNode document() {
        Routes routes = new Routes();
        Endpoints.declare(new Declarations(routes, null));
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", "The Space")
                .put("version", Version.TEXT)
                .put(
                        "description",
                        "The platform's own operations. `/api/openapi` and `/management/openapi` are the whole contract, with"
                                + " schemas, examples, refusals and the endpoints of plugins.");
        ArrayNode tags = document.putArray("tags");
        Set<String> names = new LinkedHashSet<>();
        ObjectNode paths = document.putObject("paths");
        routes.all().stream().sorted(Comparator.comparing(Route::path)).forEach(route -> {
            names.add(route.group());
            paths.withObjectProperty(route.path())
                    .set(route.endpoint().method().name().toLowerCase(Locale.ROOT), operation(route));
        });
        names.forEach(name -> tags.addObject().put("name", name));
        document.putObject("components")
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private static ObjectNode operation(Route route) {
        Endpoint<?> endpoint = route.endpoint();
        ObjectNode operation = Json.MAPPER.createObjectNode();
        operation.putArray("tags").add(route.group());
        operation.put("summary", endpoint.summary());
        operation.put("description", endpoint.description());
        if (endpoint.role() != null) {
            operation.putArray("security").addObject().putArray("bearer");
        }
        ArrayNode parameters = operation.putArray("parameters");
        for (Parameter parameter : endpoint.parameters()) {
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put(
                            "in",
                            parameter.in().path()
                                    ? "path"
                                    : parameter.in().name().toLowerCase(Locale.ROOT))
                    .put("required", parameter.in().path())
                    .put("description", parameter.description())
                    .putObject("schema")
                    .put("type", type(parameter.type()));
        }
        if (endpoint.bodyType() != Void.class) {
            operation
                    .putObject("requestBody")
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("type", "object");
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode success = responses
                .putObject(Integer.toString(endpoint.answer().status()))
                .put("description", "Done.");
        if (endpoint.answer().mediaType() != null) {
            success.putObject("content").putObject(endpoint.answer().mediaType());
        }
        responses.putObject("default").put("description", "A refusal, with the family's error body.");
        return operation;
    }

    private static String type(Class<?> type) {
        if (type == Integer.class || type == Long.class) {
            return "integer";
        } else if (type == BigDecimal.class) {
            return "number";
        }
        return type == Boolean.class ? "boolean" : "string";
    }
}
