package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of the OpenAPI document is allowed and refused as declared; a new one cannot be forgotten. */
class RolesIT {

    private static final List<String> ROLES = List.of("guest", "user", "admin");

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.organization();
    private final Map<String, Person> people = new LinkedHashMap<>();

    RolesIT() {
        people.put("guest", stage.fixtures().guest(org));
        people.put("user", stage.fixtures().user(org));
        people.put("admin", stage.fixtures().admin(org));
    }

    Stream<Arguments> everyOperationAndRole() {
        JsonNode document = space.anonymous().get("/api/openapi").is(200).json();
        return Operation.of(document).stream().flatMap(operation -> Stream.of("nobody", "guest", "user", "admin")
                .map(role -> Arguments.of(operation, role)));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("everyOperationAndRole")
    void isAllowedAsDeclared(Operation operation, String role) {
        Caller caller =
                role.equals("nobody") ? space.anonymous().from("192.0.2.1") : operation.as(space, people.get(role));

        Answer answer = operation.callBadly(caller);

        if (operation.leastRole().isEmpty()) {
            assertThat(answer.status()).as("%s", answer).isNotIn(401, 403, 405).isLessThan(500);
        } else if (role.equals("nobody")) {
            answer.refused(401);
        } else if (ROLES.indexOf(role) < ROLES.indexOf(leastRole(operation))) {
            answer.refused(403);
        } else {
            assertThat(answer.status()).as("%s", answer).isNotIn(401, 403, 405).isLessThan(500);
        }
    }

    /** Where a permission decides, it is one that users have and guests do not. */
    private static String leastRole(Operation operation) {
        return operation.declaration().has("x-permission") ? "user" : operation.leastRole();
    }

    @Test
    void eachOperationDeclaresWhoMayCallIt() {
        JsonNode document = space.anonymous().get("/api/openapi").is(200).json();

        assertThat(Operation.of(document))
                .hasSizeGreaterThan(20)
                .allSatisfy(operation -> assertThat(operation.leastRole()).isIn("", "guest", "user", "admin"));
        assertThat(Operation.of(document))
                .filteredOn(operation -> operation.path().startsWith("/api/control-center/"))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.leastRole()).isEqualTo("admin"));
    }

    /** The endpoints without authentication are listed here explicitly. */
    @Test
    void onlyTheseNeedNoToken() {
        JsonNode document = space.anonymous().get("/api/openapi").is(200).json();

        assertThat(Operation.of(document))
                .filteredOn(operation -> operation.leastRole().isEmpty())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrder(
                        "POST /api/auth/login",
                        "POST /api/auth/refresh",
                        "POST /api/frontend/membership/validate-invitation",
                        "POST /api/frontend/membership/accept-invitation",
                        // With the membership backend's own token.
                        "POST /api/membership/validate-invitation",
                        "GET /api/auth/providers",
                        "GET /api/auth/jwks",
                        "GET /api/health",
                        "GET /api/ready",
                        "GET /api/openapi",
                        "GET /api/openapi.json",
                        "GET /api/openapi.yaml",
                        "GET /api/asyncapi",
                        "GET /api/docs",
                        "GET /api/docs/{file}",
                        "GET /api/plugins/{plugin}/ui/{path}");
    }

    /** Discovery tells the same roles as the document. */
    @Test
    void discoveryTellsTheSameRoles() {
        Caller guest = space.as(people.get("guest"));
        JsonNode document = guest.get("/api/openapi").is(200).json();
        for (JsonNode plugin : guest.get("/api/plugins").is(200).json()) {
            String id = plugin.path("id").asText();
            for (JsonNode endpoint :
                    guest.get("/api/plugins/" + id + "/endpoints").is(200).json()) {
                String least = Operation.of(document).stream()
                        .filter(operation -> operation
                                        .method()
                                        .equals(endpoint.path("method").asText())
                                && operation.path().equals(endpoint.path("path").asText()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(endpoint + " is not in the document"))
                        .leastRole();
                List<String> roles = ROLES.subList(Math.max(0, ROLES.indexOf(least)), ROLES.size());
                assertThat(endpoint.path("roles").toString()).as("%s", endpoint).isEqualTo(Json.text(roles));
            }
        }
    }
}
