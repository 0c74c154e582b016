package io.thespace.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One operation of the OpenAPI document.
 *
 * @param path with parameters in braces
 * @param leastRole {@code guest}, {@code user} or {@code admin}; empty when no token is needed
 * @param declaration all that the document says
 */
record Operation(String method, String path, String leastRole, JsonNode declaration) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Every operation of every document, with or without a token. */
    static List<Operation> all(Space space) {
        List<Operation> operations = new ArrayList<>();
        for (String document : List.of("/api/openapi", "/management/openapi")) {
            operations.addAll(of(space.anonymous().get(document).is(200).json()));
        }
        return operations;
    }

    /** Every operation of a document. */
    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    JsonNode declaration = method.getValue();
                    boolean open = declaration.path("security").isEmpty();
                    operations.add(new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            open ? "" : declaration.path("x-least-role").asText("undeclared"),
                            declaration));
                }
            }
        }
        return operations;
    }

    /** The path with something in place of each parameter: a plugin that exists, else an id that nothing has. */
    String anyPath() {
        return path.replace("{plugin}", "financial_business")
                .replace("{file}", "swagger-ui.css")
                .replaceAll("\\{[a-z_]+}", UUID.randomUUID().toString());
    }

    /** Whether it belongs to the management API. */
    boolean ofManagement() {
        return path.startsWith("/management/");
    }

    /** The permission that is needed; empty when none is. */
    String permission() {
        return declaration.path("x-permission").asText();
    }

    /** Whether a body is declared. */
    boolean hasBody() {
        return declaration.has("requestBody");
    }

    /** A signed-in caller: one for all operations, except a new one for the operation that ends the sign-in. */
    Caller as(Space space, Person person) {
        return toString().equals("POST /api/auth/logout")
                ? space.signIn(person.email(), Fixtures.PASSWORD)
                : space.as(person);
    }

    /** Calls it with a body, where one is declared, that is refused after the role was checked. */
    Answer callBadly(Caller caller) {
        return hasBody() ? caller.send(method, anyPath(), "{\"no_such_member\": 1}") : caller.call(method, anyPath());
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
