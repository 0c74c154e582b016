package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document lists every endpoint that answers, and no other; so does the front page. */
class OpenApiIT {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** Schemas refer to themselves. */
    private static final int MAX_DEPTH = 4;

    private static final Pattern ROW =
            Pattern.compile("\\| *(GET|POST|PUT|PATCH|DELETE) *\\| *`(/[^`?]*)[^`]*` *\\|.*");

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);

    private JsonNode document(String family) {
        return space.anonymous().get(family + "/openapi").is(200).json();
    }

    private Set<String> listed() {
        return Operation.all(space).stream().map(Operation::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsListedAnswersToItsMethodAndToNoOther() {
        List<Operation> operations = Operation.all(space);
        Set<String> listed = listed();
        for (Operation operation : operations) {
            Caller caller = operation.as(space, adminPerson).from("192.0.2.2");
            Answer answer = operation.callBadly(caller);
            assertThat(answer.status()).as("%s", answer).isNotEqualTo(405);
            if (answer.status() == 404) {
                // Nothing has this id; the path is known all the same.
                assertThat(answer.refused(404)).doesNotContain("no endpoint");
            }
            for (String method : METHODS) {
                if (!listed.contains(method + " " + operation.path())) {
                    caller.call(method, operation.anyPath()).refused(405);
                }
            }
        }
    }

    /** The methods that a path allows are those that are listed for it. */
    @Test
    void allowTellsWhatIsListed() {
        Set<String> listed = listed();
        for (Operation operation : Operation.all(space)) {
            // Of the gateway's routes a caller with a token learns the methods of the one route, which there is not.
            Caller caller =
                    operation.path().equals("/api/v1/gateway/{path}") ? space.anonymous() : space.as(adminPerson);
            String allow = caller.call("OPTIONS", operation.anyPath())
                    .is(204)
                    .header("Allow")
                    .orElse("");
            Set<String> allowed = new TreeSet<>(List.of(allow.split(", ", -1)));
            allowed.retainAll(METHODS);
            assertThat(allowed)
                    .as("Allow of %s", operation.path())
                    .containsExactlyInAnyOrderElementsOf(METHODS.stream()
                            .filter(method -> listed.contains(method + " " + operation.path()))
                            .toList());
        }
    }

    @Test
    void whatPluginsAnswerIsListed() {
        Caller admin = space.as(adminPerson);
        List<String> discovered = new ArrayList<>();
        for (JsonNode plugin : admin.get("/api/plugins").is(200).json()) {
            String id = plugin.path("id").asText();
            assertThat(plugin.path("state").asText()).as("%s", plugin).isEqualTo("enabled");
            JsonNode endpoints =
                    admin.get("/api/plugins/" + id + "/endpoints").is(200).json();
            assertThat(endpoints).hasSize(plugin.path("endpoint_count").asInt());
            endpoints.forEach(endpoint -> discovered.add(endpoint.path("method").asText() + " "
                    + endpoint.path("path").asText()));
        }

        assertThat(discovered).hasSizeGreaterThanOrEqualTo(10);
        assertThat(listed().stream()
                        .filter(operation -> operation.contains(" /api/plugins/") && !operation.contains("{plugin}"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(discovered);
    }

    /** What the issue and the contract promise is there. */
    @Test
    void theContractIsListed() {
        assertThat(listed())
                .contains(
                        "POST /api/auth/login",
                        "POST /api/auth/refresh",
                        "POST /api/auth/logout",
                        "GET /api/auth/me",
                        "GET /api/auth/providers",
                        "GET /api/auth/jwks",
                        "GET /api/plugins",
                        "GET /api/plugins/{plugin}/endpoints",
                        "GET /api/plugins/{plugin}/health",
                        "GET /api/plugins/financial_business/account",
                        "POST /api/plugins/financial_business/transfer",
                        "GET /api/plugins/financial_business/admin/users",
                        "GET /api/plugins/financial_business/accounts",
                        "POST /api/plugins/financial_business/admin/accounts",
                        "POST /api/plugins/financial_business/admin/deposit",
                        "GET /api/plugins/financial_business/transactions",
                        "GET /api/plugins/financial_business/transactions/{id}",
                        "POST /api/plugins/financial_business/transactions/{id}/reverse",
                        "GET /api/plugins/financial_business/admin/invariants",
                        "POST /api/plugins/mirrorcore/measure",
                        "GET /api/plugins/mirrorcore/sessions",
                        "POST /api/plugins/mirrorcore/sessions",
                        "GET /api/plugins/mirrorcore/sessions/{id}",
                        "PUT /api/plugins/mirrorcore/sessions/{id}",
                        "DELETE /api/plugins/mirrorcore/sessions/{id}",
                        "POST /api/plugins/mirrorcore/sessions/{id}/turns",
                        "GET /api/plugins/mirrorcore/sessions/{id}/turns",
                        "POST /api/plugins/mirrorcore/sessions/{id}/complete",
                        "GET /api/plugins/mirrorcore/metrics",
                        "GET /api/plugins/mirrorcore/settings",
                        "PUT /api/plugins/mirrorcore/settings",
                        "GET /api/control-center/events",
                        "GET /api/control-center/plugins",
                        "POST /api/control-center/plugins/install",
                        "POST /api/control-center/plugins/enable",
                        "POST /api/control-center/plugins/disable",
                        "DELETE /api/control-center/plugins/uninstall",
                        "GET /api/control-center/monitoring/health",
                        "GET /api/control-center/catalog",
                        "POST /api/control-center/catalog/import",
                        "GET /api/control-center/catalog/export",
                        "GET /api/control-center/monitoring/deep-health",
                        "GET /api/control-center/monitoring/business-metrics",
                        "GET /api/control-center/services",
                        "GET /api/metrics",
                        "GET /api/control-center/endpoint-status",
                        "GET /api/frontend/ui-registry",
                        "GET /api/plugins/{plugin}/ui/{path}",
                        "GET /api/health",
                        "GET /api/ready",
                        "GET /api/openapi",
                        "GET /api/docs");
        space.as(adminPerson).get("/api/plugins/financial-business/health").is(200);
    }

    /** Each family's document lists its own endpoints and not the other's. */
    @Test
    void theFamiliesKeepToThemselves() {
        assertThat(Operation.of(document("/api"))).isNotEmpty().noneMatch(Operation::ofManagement);
        assertThat(Operation.of(document("/management"))).isNotEmpty().allMatch(Operation::ofManagement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/management"})
    void eachOperationIsDescribedWithExamplesAndErrors(String family) {
        JsonNode document = document(family);
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        for (Operation operation : Operation.of(document)) {
            JsonNode declared = operation.declaration();
            assertThat(declared.path("summary").asText()).as("%s", operation).isNotBlank();
            assertThat(declared.path("description").asText())
                    .as("%s", operation)
                    .isNotBlank();
            assertThat(declared.path("operationId").asText())
                    .as("%s", operation)
                    .isNotBlank();
            assertThat(declared.path("responses").properties().stream()
                            .map(response -> response.getKey())
                            .toList())
                    .as("%s", operation)
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("500");
            if (!operation.leastRole().isEmpty()) {
                assertThat(declared.path("responses").has("401"))
                        .as("%s", operation)
                        .isTrue();
            }
            for (JsonNode media : declared.path("requestBody").path("content")) {
                assertThat(media.has("example") || media.has("examples"))
                        .as("an example of the body of %s", operation)
                        .isTrue();
            }
            JsonNode json =
                    declared.path("responses").path("200").path("content").path("application/json");
            if (json.isObject() && !operation.path().startsWith(family + "/openapi")) {
                assertThat(json.has("example") || json.has("examples"))
                        .as("an example of the answer of %s", operation)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/openapi, application/json, /api/plugins/financial_business/transfer",
        "/api/openapi.json, application/json, /api/plugins/financial_business/transfer",
        "/api/openapi.yaml, application/yaml, /api/plugins/financial_business/transfer",
        "/management/openapi, application/json, /management/ready",
        "/management/openapi.json, application/json, /management/ready",
        "/management/openapi.yaml, application/yaml, /management/ready"
    })
    void theDocumentComesInItsForms(String path, String type, String listed) {
        Answer answer = space.anonymous().get(path).is(200).hasManners();

        assertThat(answer.header("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.body()).contains(listed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/docs",
                "/api/docs/swagger-ui.css",
                "/api/docs/swagger-ui-bundle.js",
                "/management/docs",
                "/management/docs/swagger-ui.css"
            })
    void thePageComesFromHereAlone(String path) {
        Answer answer = space.anonymous().get(path).is(200);

        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.header("Content-Security-Policy").orElse("")).contains("default-src 'self'");
        if (path.endsWith("/docs")) {
            assertThat(answer.header("Content-Type").orElse("")).startsWith("text/html");
            assertThat(answer.body()).doesNotContain("http://", "https://");
        }
    }

    /**
     * Every member of a body whose name holds "email", of the platform and of plugins, refuses addresses with invisible
     * characters. The sign-in compares what it gets with the addresses of users, and answers 401.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200bda@example.org",
                "\u202eada@example.org",
                "ada@exam\u2060ple.org",
                "ada\u00a0@example.org"
            })
    void emailAddressesWithInvisibleCharactersAreRefused(String address) {
        Person owner = stage.fixtures().admin(org);
        stage.database().execute("update core.memberships set role = 'owner' where user_id = ?", owner.id());
        Set<String> tried = new TreeSet<>();
        for (String family : List.of("/api", "/management")) {
            JsonNode document = document(family);
            for (Operation operation : Operation.of(document)) {
                if (operation.toString().equals("POST /api/auth/login")) {
                    continue;
                }
                for (JsonNode media : operation.declaration().at("/requestBody/content")) {
                    JsonNode example = media.has("example")
                            ? media.path("example")
                            : media.at("/examples").path(0);
                    if (!example.isObject()) {
                        continue;
                    }
                    for (String member : emailMembers(document, media.path("schema"), "", MAX_DEPTH)) {
                        ObjectNode body = example.deepCopy();
                        int name = member.lastIndexOf('/');
                        ((ObjectNode) body.at(member.substring(0, name))).put(member.substring(name + 1), address);
                        String says = operation
                                .as(space, owner)
                                .from("192.0.2.77")
                                .send(operation.method(), operation.anyPath(), body.toString())
                                .refused(400);
                        assertThat(says).contains(member.substring(1).replace('/', '.'), "invisible characters");
                        tried.add(operation + member);
                    }
                }
            }
        }
        assertThat(tried).hasSizeGreaterThanOrEqualTo(3);
    }

    /** JSON pointers to such members, of objects within objects too. */
    private static List<String> emailMembers(JsonNode document, JsonNode schema, String pointer, int depth) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : resolved.path("properties").properties()) {
            String there = pointer + "/" + member.getKey();
            if (member.getKey().contains("email")) {
                found.add(there);
            } else if (depth > 0) {
                found.addAll(emailMembers(document, member.getValue(), there, depth - 1));
            }
        }
        return found;
    }

    @Test
    void theFrontPageListsTheSame() throws IOException {
        List<String> rows = Files.readAllLines(Path.of(System.getProperty("space.root"), "README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(listed());
    }
}
