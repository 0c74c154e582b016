package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.identity.MembershipRole;
import io.thespace.plugin.api.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conventions of the management API: authentication and errors, including errors of the server itself. */
class ManagementIT {

    private static final String AGENTS = "/management/v1/agents";
    private static final String DIRECTIVES = "/management/v1/directives";
    private static final String SESSIONS = "/management/v1/sessions";
    private static final String ANALYTICS = "/management/v1/analytics";
    private static final String TOKENS = "/management/v1/tokens";
    private static final String USERS = "/management/v1/users";
    private static final String ORGANIZATIONS = "/management/v1/organizations";
    /** What takes effect within a second; a busy machine takes longer. */
    private static final Duration SECOND = Duration.ofSeconds(10);

    private final Map<MembershipRole, Caller> people = new ConcurrentHashMap<>();
    private final Map<MembershipRole, Caller> programs = new ConcurrentHashMap<>();

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller nobody = space.anonymous();
    private final Caller somebody = space.as(stage.fixtures().user(org));
    private final Person ownerPerson = stage.fixtures().member(org, "owner");
    private final Caller owner = space.as(ownerPerson);

    static List<Operation> everyOperation() {
        return Operation.of(Stage.shared()
                .space()
                .anonymous()
                .get("/management/openapi")
                .is(200)
                .json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/management/docs", "/management/openapi", "/management/health", "/management/ready"})
    void whatIsPublicIs(String path) {
        nobody.get(path).is(200).hasManners();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void withoutATokenNothingElseAnswers(Operation operation) {
        if (operation.leastRole().isEmpty()) {
            assertThat(operation.path())
                    .matches("/management/(docs(/\\{file})?|openapi(\\.json|\\.yaml)?|health|ready)");
            return;
        }
        operation.callBadly(nobody).refused(401, "MISSING_TOKEN");
        operation.callBadly(nobody.withToken("nonsense")).refused(401, "INVALID_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /management/v1/nothing, 404, NOT_FOUND",
        "DELETE, /management/health, 405, METHOD_NOT_ALLOWED",
        "PROPFIND, /management/health, 405, METHOD_NOT_ALLOWED",
    })
    void refusalsHaveTheEnvelope(String method, String path, int status, String code) {
        somebody.call(method, path).refused(status, code);
    }

    @Test
    void problemDetailsCarryTheCode() {
        Answer answer = somebody.with("Accept", "application/problem+json")
                .get("/management/v1/nothing")
                .is(404);

        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("code")).isEqualTo("NOT_FOUND");
        assertThat(answer.text("title")).isEqualTo("Not Found");
        assertThat(answer.text("request_id"))
                .isEqualTo(answer.header("X-Request-ID").orElse("none"));
    }

    @Test
    void theRequestIdIsTheCallers() {
        Answer answer = somebody.with("X-Request-ID", "mine-1").get("/management/v1/nothing");

        answer.refused(404);
        assertThat(answer.header("X-Request-ID")).contains("mine-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'{', 400, INVALID_JSON",
        "'[]', 400, INVALID_JSON",
        "'{\"name\": 1}', 400, VALIDATION_ERROR",
    })
    void badBodiesAreRefused(String body, int status, String code) {
        owner.send("POST", AGENTS, body).refused(status, code);
    }

    @Test
    void fieldErrorsNameFieldAndMistake() {
        Answer answer = owner.send("POST", AGENTS, "{\"model\": \"m\", \"name\": \"\"}");
        answer.refused(400, "VALIDATION_ERROR");
        assertThat(answer.json().at("/error/field_errors/0/field").asText()).isEqualTo("name");
        assertThat(answer.json().at("/error/field_errors/0/code").asText()).isEqualTo("REQUIRED");
        answer = owner.send("POST", AGENTS, "{\"model\": \"m\", \"name\": \"n\", \"colour\": \"red\"}");
        answer.refused(400, "VALIDATION_ERROR");
        assertThat(answer.json().at("/error/field_errors/0/field").asText()).isEqualTo("colour");
        assertThat(answer.json().at("/error/field_errors/0/code").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void whatIsTooLargeOrNoJsonIsRefused() {
        owner.send("POST", AGENTS, "{\"name\": \"" + "x".repeat(1_100_000) + "\"}")
                .refused(413, "PAYLOAD_TOO_LARGE");
        owner.send("POST", AGENTS, BodyPublishers.ofString("a,b"), "text/csv").refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    /** A column that is gone is a defect that nobody foresaw. */
    @Test
    void aDefectTellsNothingButTheIdThatIsInTheLog() throws IOException {
        String id = "defect-" + UUID.randomUUID();
        Answer answer;
        stage.database().execute("alter table core.agents rename column model to gone");
        try {
            answer = owner.with("X-Request-ID", id).get(AGENTS);
        } finally {
            stage.database().execute("alter table core.agents rename column gone to model");
        }

        answer.refused(500, "INTERNAL_ERROR");
        assertThat(answer.json().at("/error/request_id").asText()).isEqualTo(id);
        try (Stream<Path> logs = Files.walk(stage.instance().logs())) {
            assertThat(logs.filter(Files::isRegularFile).anyMatch(log -> contains(log, "A call failed", id)))
                    .as("a log with the request's id")
                    .isTrue();
        }
    }

    private static boolean contains(Path log, String message, String id) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(message) && line.contains(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Roles and permissions
    // ---------------------------------------------------------------------------------------------

    static Stream<Arguments> everyOperationAndRole() {
        return everyOperation().stream()
                .filter(operation -> !operation.leastRole().isEmpty())
                .flatMap(operation -> Stream.of(MembershipRole.values()).map(role -> Arguments.of(operation, role)));
    }

    /** Each route, as its document declares it, for each role of the one table: with an access token and with a PAT. */
    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("everyOperationAndRole")
    void isAllowedAsTheTableSays(Operation operation, MembershipRole role) {
        assertThat(operation.permission()).as("the permission of %s", operation).isNotEmpty();
        boolean allowed = role.permissions()
                .contains(Permission.valueOf(operation.permission().toUpperCase(Locale.ROOT)));
        Caller person =
                people.computeIfAbsent(role, r -> space.as(stage.fixtures().member(org, r.text())));
        List<Caller> callers = new ArrayList<>(List.of(person));
        if (role.permissions().contains(Permission.TOKEN_CREATE)) {
            callers.add(programs.computeIfAbsent(role, r -> program(person, r.permissions())));
        }
        for (Caller caller : callers) {
            Answer answer = operation.callBadly(caller);
            if (allowed) {
                assertThat(answer.status())
                        .as("%s", answer)
                        .isNotIn(401, 403, 405)
                        .isLessThan(500);
            } else {
                answer.refused(403, "INSUFFICIENT_PERMISSIONS");
            }
        }
    }

    private Caller program(Caller maker, Collection<Permission> permissions) {
        return nobody.withToken(maker.post(
                        TOKENS,
                        "name",
                        "test",
                        "permissions",
                        permissions.stream().map(Permission::text).toList())
                .is(201)
                .text("access_token"));
    }

    @Test
    void theTableHoldsWhatWasDecided() {
        assertThat(MembershipRole.GUEST.permissions()).isEmpty();
        assertThat(MembershipRole.VIEWER.permissions())
                .allMatch(permission -> permission.text().endsWith("_read"));
        for (MembershipRole role : MembershipRole.values()) {
            assertThat(role.permissions()).doesNotContain(Permission.ORGANIZATION_SUSPEND);
        }
        assertThat(MembershipRole.ADMIN.permissions()).doesNotContain(Permission.ORGANIZATION_DELETE);
    }

    /** A token may less than its maker when it was given less. */
    @Test
    void aTokenMayWhatItWasGiven() {
        Caller reader = program(owner, List.of(Permission.AGENT_READ));
        reader.get(AGENTS).is(200);
        reader.get(TOKENS).refused(403, "INSUFFICIENT_PERMISSIONS");
        reader.send("POST", AGENTS, "{}").refused(403, "INSUFFICIENT_PERMISSIONS");
        owner.post(TOKENS, "name", "x", "permissions", List.of("organization_suspend"))
                .refused(403, "INSUFFICIENT_PERMISSIONS");
    }

    // Flows
    // ---------------------------------------------------------------------------------------------

    @Test
    void aProgramDoesEverythingWithItsToken() {
        Caller program = program(owner, MembershipRole.OWNER.permissions());

        Answer agent = program.once("agent-" + org)
                .post(AGENTS, "name", "support", "model", "m", "tools", List.of("a", "b"))
                .is(201);
        assertThat(agent.text("status")).isEqualTo("draft");
        assertThat(program.once("agent-" + org)
                        .post(AGENTS, "name", "support", "model", "m", "tools", List.of("a", "b"))
                        .is(201)
                        .text("id"))
                .isEqualTo(agent.text("id"));
        String path = AGENTS + "/" + agent.text("id");
        assertThat(program.send("PATCH", path, "{\"budget\": {\"amount\": 12.50, \"currency\": \"EUR\"}}")
                        .is(200)
                        .json()
                        .at("/budget/amount")
                        .decimalValue())
                .isEqualByComparingTo("12.5");
        program.send("PATCH", path, "{\"name\": null}").refused(400, "VALIDATION_ERROR");
        assertThat(program.send("PATCH", path, "{\"budget\": null}")
                        .is(200)
                        .get("budget")
                        .isNull())
                .isTrue();
        program.send("PATCH", path, "{\"budget\": {\"amount\": 12.505, \"currency\": \"EUR\"}}")
                .refused(400, "VALIDATION_ERROR");
        program.call("POST", path + "/pause").refused(409, "CONFLICT");
        assertThat(program.call("POST", path + "/activate").is(200).text("status"))
                .isEqualTo("active");
        assertThat(program.get(AGENTS + "?status=active").is(200).get("items").findValuesAsText("id"))
                .contains(agent.text("id"));
        program.call("DELETE", path).refused(409, "CONFLICT");
        program.call("POST", path + "/archive").is(200);
        program.send("PATCH", path, "{\"name\": \"x\"}").refused(409, "CONFLICT");
        program.call("DELETE", path).is(204);
        program.get(path).refused(404, "NOT_FOUND");

        String email = "ada-" + UUID.randomUUID() + "@example.org";
        Answer invited = program.post(USERS, "email", email, "name", "Ada", "role", "member")
                .is(201);
        String userPath = USERS + "/" + accept(invited, email).is(201).text("user_id");
        space.signIn(email, Fixtures.PASSWORD).get("/api/auth/me").is(200);
        program.post(USERS, "email", email, "name", "Ada", "role", "member").refused(409, "CONFLICT");
        assertThat(program.send("PATCH", userPath, "{\"role\": \"viewer\"}")
                        .is(200)
                        .text("role"))
                .isEqualTo("viewer");
        program.call("DELETE", userPath).is(204);
        program.get(userPath).refused(404, "NOT_FOUND");
        space.login(email, Fixtures.PASSWORD).refused(401);

        String organization = ORGANIZATIONS + "/" + org;
        assertThat(program.send("PATCH", organization, "{\"name\": \"Renamed\"}")
                        .is(200)
                        .text("name"))
                .isEqualTo("Renamed");
        program.send("PATCH", organization + "/rate-limits", "{\"requests_per_minute\": 60}")
                .is(200);
        assertThat(program.get(organization + "/rate-limits")
                        .is(200)
                        .get("requests_per_minute")
                        .asInt())
                .isEqualTo(60);
        assertThat(program.send("PATCH", organization + "/rate-limits", "{\"requests_per_minute\": null}")
                        .is(200)
                        .get("requests_per_minute")
                        .isNull())
                .isTrue();
    }

    /** What an organization did is seen in it and nowhere else. */
    @Test
    void auditEventsAreTheOrganizationsOwn() {
        String request = "audited-" + UUID.randomUUID();
        owner.with("X-Request-ID", request)
                .post(AGENTS, "name", "a", "model", "m")
                .is(201);
        String path = "/management/v1/audit-events?source=Agents&outcome=done&request_id=" + request;

        Patience.within(Duration.ofSeconds(30), () -> assertThat(
                        owner.get(path).is(200).get("items").findValuesAsText("user_id"))
                .containsExactly(ownerPerson.id().toString()));
        Caller them = space.as(stage.fixtures().member(stage.fixtures().organization(), "owner"));
        assertThat(them.get(path).is(200).get("items")).isEmpty();
    }

    @Test
    void directivesAreDraftedPromotedAndRevoked() {
        Caller program = program(owner, MembershipRole.OWNER.permissions());
        String agent =
                program.post(AGENTS, "name", "kept", "model", "m").is(201).text("id");
        Answer draft = program.once("directive-" + org)
                .post(DIRECTIVES, "name", "tone", "content", "Be kind.", "agent_id", agent)
                .is(201);
        assertThat(draft.text("status")).isEqualTo("draft");
        String path = DIRECTIVES + "/" + draft.text("id");
        String resolved = AGENTS + "/" + agent + "/directives/resolved";
        program.call("POST", path + "/promote").is(200);
        program.call("POST", path + "/promote?version=1").refused(409, "CONFLICT");
        program.call("POST", path + "/promote?version=7").refused(400, "VALIDATION_ERROR");
        program.send("PATCH", path, "{}").refused(400, "VALIDATION_ERROR");
        program.send("PATCH", path, "{\"content\": \"Be brief.\"}").is(200);
        assertThat(program.get(resolved).is(200).json().at("/0/content").asText())
                .isEqualTo("Be kind.");
        program.call("POST", path + "/promote?version=2").is(200);
        assertThat(program.get(path + "/versions").is(200).get("items").findValuesAsText("status"))
                .containsExactly("active", "superseded");
        assertThat(program.get(DIRECTIVES + "?agent_id=" + agent + "&status=active")
                        .is(200)
                        .get("items"))
                .hasSize(1);
        program.call("DELETE", path).refused(409, "CONFLICT");
        program.send("POST", path + "/revoke", "{\"reason\": \" \"}").refused(400, "VALIDATION_ERROR");
        program.post(path + "/revoke", "reason", "outdated").is(200);
        assertThat(program.get(resolved).is(200).json()).isEmpty();
        program.call("DELETE", path).is(204);
        program.get(path).refused(404, "NOT_FOUND");
    }

    @Test
    void sessionsAreLedAndCounted() {
        Caller program = program(owner, MembershipRole.OWNER.permissions());
        String agent =
                program.post(AGENTS, "name", "talks", "model", "m").is(201).text("id");
        program.post(SESSIONS, "agent_id", agent).refused(409, "CONFLICT");
        program.call("POST", AGENTS + "/" + agent + "/activate").is(200);
        Answer opened = program.once("session-" + org)
                .post(SESSIONS, "agent_id", agent, "subject", "ada@example.org")
                .is(201);
        assertThat(opened.get("idle_timeout_seconds").asInt()).isEqualTo(1800);
        String path = SESSIONS + "/" + opened.text("id");
        program.post(path + "/messages", "role", "user", "content", "Where is my parcel?")
                .is(201);
        String answer = "{\"role\": \"assistant\", \"content\": \"On its way.\", \"usage\": {\"model\": \"m\","
                + " \"input_tokens\": 12, \"output_tokens\": 4, \"cost\": {\"amount\": 0.00016, \"currency\": \"USD\"},"
                + " \"latency_ms\": 730}}";
        program.once("message-" + org).send("POST", path + "/messages", answer).is(201);
        program.once("message-" + org).send("POST", path + "/messages", answer).is(201);
        program.post(path + "/messages", "role", "narrator", "content", "x").refused(400, "VALIDATION_ERROR");
        Answer messages = program.get(path + "/messages?limit=1").is(200);
        assertThat(messages.json().at("/items/0/content").asText()).isEqualTo("Where is my parcel?");
        messages = program.get(path + "/messages?limit=1&cursor=" + messages.text("next_cursor"))
                .is(200);
        assertThat(messages.json().at("/items/0/usage/cost/amount").decimalValue())
                .isEqualByComparingTo("0.00016");
        assertThat(messages.get("next_cursor").isNull()).isTrue();

        assertThat(
                        program
                                .get(ANALYTICS + "/usage?bucket=day&agent_id=" + agent)
                                .is(200)
                                .json()
                                .findValues("messages")
                                .stream()
                                .mapToInt(JsonNode::asInt)
                                .sum())
                .isEqualTo(2);
        assertThat(program.get(ANALYTICS + "/agents").is(200).get("items").findValuesAsText("agent_id"))
                .contains(agent);
        assertThat(program.get(ANALYTICS + "/latency?agent_id=" + agent).is(200).json().findValues("p99_ms").stream()
                        .mapToInt(JsonNode::asInt)
                        .max()
                        .orElse(0))
                .isBetween(690, 770);
        program.get(ANALYTICS + "/usage?bucket=minute&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z")
                .refused(400, "VALIDATION_ERROR");

        program.call("POST", AGENTS + "/" + agent + "/pause").is(200);
        program.post(path + "/messages", "role", "user", "content", "Hello?").refused(409, "CONFLICT");
        assertThat(program.post(path + "/terminate", "reason", "done").is(200).text("status"))
                .isEqualTo("terminated");
        program.post(path + "/terminate", "reason", "done").refused(409, "CONFLICT");
        assertThat(stage.database()
                        .query("select type from core.events where subject = '" + opened.text("id") + "' order by id"))
                .containsExactly("session_started", "session_ended");
    }

    /** Without any request: by the node's own timer. */
    @Test
    void aSilentSessionTimesOutByItself() {
        String agent = owner.post(AGENTS, "name", "waits", "model", "m").is(201).text("id");
        owner.call("POST", AGENTS + "/" + agent + "/activate").is(200);
        String session = owner.post(SESSIONS, "agent_id", agent, "idle_timeout_seconds", 5)
                .is(201)
                .text("id");

        Patience.within(Duration.ofSeconds(25), () -> assertThat(stage.database()
                        .query("select type from core.events where subject = '" + session + "' order by id"))
                .containsExactly("session_started", "session_ended"));
        assertThat(owner.get(SESSIONS + "/" + session).is(200).text("status")).isEqualTo("timed_out");
        owner.post(SESSIONS + "/" + session + "/messages", "role", "user", "content", "x")
                .refused(409, "CONFLICT");
    }

    private Answer accept(Answer invited, String email) {
        return nobody.post(
                "/api/frontend/membership/accept-invitation",
                "code",
                invited.get("invitation").path("code").asText(),
                "pin",
                invited.text("pin"),
                "email",
                email,
                "name",
                "Ada",
                "password",
                Fixtures.PASSWORD);
    }

    @Test
    void nobodyIsAddedWithoutAccepting() {
        Person foreign = stage.fixtures().member(stage.fixtures().organization(), "member");
        String unknown = "ada-" + UUID.randomUUID() + "@example.org";

        Answer known = owner.post(USERS, "email", foreign.email(), "name", "Known", "role", "member")
                .is(201);
        Answer fresh = owner.post(USERS, "email", unknown, "name", "Known", "role", "member")
                .is(201);

        // Neither the answer nor the list of users tells them apart.
        assertThat(fields(known)).isEqualTo(fields(fresh));
        assertThat(known.body()).doesNotContain(foreign.id().toString());
        owner.get(USERS + "/" + foreign.id()).refused(404, "NOT_FOUND");
        // It is theirs alone, and they show the password that they have.
        accept(known, unknown).refused(403);
        assertThat(accept(known, foreign.email()).is(201).text("user_id"))
                .isEqualTo(foreign.id().toString());
        owner.get(USERS + "/" + foreign.id()).is(200);
    }

    private static List<String> fields(Answer answer) {
        List<String> fields = new ArrayList<>();
        answer.get("invitation").fieldNames().forEachRemaining(fields::add);
        answer.json().fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    @Test
    void platformAdministratorsAreChangedByPlatformAdministratorsOnly() {
        UUID shared = stage.fixtures().organization();
        Person administrator = stage.fixtures().admin(shared);
        Caller tenant = space.as(stage.fixtures().member(shared, "owner"));
        String path = USERS + "/" + administrator.id();

        tenant.send("PATCH", path, "{\"status\": \"suspended\"}").refused(403, "INSUFFICIENT_PERMISSIONS");
        tenant.send("PATCH", path, "{\"role\": \"guest\"}").refused(403, "INSUFFICIENT_PERMISSIONS");
        tenant.call("DELETE", path).refused(403, "INSUFFICIENT_PERMISSIONS");
        tenant.call("DELETE", ORGANIZATIONS + "/" + shared).refused(403, "INSUFFICIENT_PERMISSIONS");
        space.as(administrator).get("/api/auth/me").is(200);
        space.as(administrator).send("PATCH", path, "{\"role\": \"member\"}").is(200);
    }

    @Test
    void aPlatformAdministratorCreatesOrganizations() {
        Caller administrator = space.as(stage.fixtures().admin(stage.fixtures().organization()));
        String email = "ada-" + UUID.randomUUID() + "@example.org";
        owner.get(ORGANIZATIONS).refused(403, "INSUFFICIENT_PERMISSIONS");
        owner.post(ORGANIZATIONS, "name", "Mine", "owner_email", email).refused(403, "INSUFFICIENT_PERMISSIONS");

        Answer made = administrator
                .post(ORGANIZATIONS, "name", "Second", "owner_email", email)
                .is(201);
        String id = made.get("organization").path("id").asText();
        assertThat(all(administrator, ORGANIZATIONS)).contains(id);
        assertThat(accept(made, email).is(201).text("org_id")).isEqualTo(id);

        Caller first = space.signIn(email, Fixtures.PASSWORD);
        assertThat(first.get(ORGANIZATIONS + "/" + id).is(200).text("name")).isEqualTo("Second");
        assertThat(first.get(USERS).is(200).get("items").findValuesAsText("role"))
                .containsExactly("owner");
        first.post(USERS, "email", "b-" + email, "name", "B", "role", "owner").is(201);
    }

    private static List<String> all(Caller caller, String path) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = caller.get(path + "?limit=100" + cursor).is(200);
            ids.addAll(page.get("items").findValuesAsText("id"));
            cursor = page.get("next_cursor").isNull() ? null : "&cursor=" + page.text("next_cursor");
        } while (cursor != null);
        return ids;
    }

    @Test
    void theLastOwnerStays() {
        UUID alone = stage.fixtures().organization();
        Person person = stage.fixtures().member(alone, "owner");
        Caller caller = space.as(person);
        caller.send("PATCH", USERS + "/" + person.id(), "{\"role\": \"admin\"}").refused(409, "CONFLICT");
        caller.call("DELETE", USERS + "/" + person.id()).refused(409, "CONFLICT");
        Caller admin = space.as(stage.fixtures().member(alone, "admin"));
        admin.send("PATCH", USERS + "/" + person.id(), "{\"role\": \"viewer\"}")
                .refused(403, "INSUFFICIENT_PERMISSIONS");
    }

    @Test
    void aRevokedTokenIsRefusedWithinASecond() {
        Answer made = owner.post(TOKENS, "name", "x", "permissions", List.of("agent_read"))
                .is(201);
        Caller program = nobody.withToken(made.text("access_token"));
        program.get(AGENTS).is(200);
        String path = TOKENS + "/" + made.get("token").path("id").asText();
        owner.send("DELETE", path, "{\"reason\": \"leaked\"}").is(204);

        Patience.within(SECOND, () -> program.get(AGENTS).refused(401, "INVALID_TOKEN"));
        assertThat(owner.get(path).is(200).text("revoked_reason")).isEqualTo("leaked");
        assertThat(owner.get(path).is(200).body()).doesNotContain("ibex_pat_");
    }

    @Test
    void anAgentsTokenFollowsTheAgent() {
        String agent = owner.post(AGENTS, "name", "a", "model", "m").is(201).text("id");
        Caller acting = nobody.withToken(
                owner.post(TOKENS, "name", "a", "permissions", List.of("agent_read"), "agent_id", agent)
                        .is(201)
                        .text("access_token"));
        acting.get(AGENTS).refused(403, "AGENT_SUSPENDED");
        owner.call("POST", AGENTS + "/" + agent + "/activate").is(200);
        Patience.within(SECOND, () -> acting.get(AGENTS).is(200));
        owner.call("POST", AGENTS + "/" + agent + "/pause").is(200);
        Patience.within(SECOND, () -> acting.get(AGENTS).refused(403, "AGENT_SUSPENDED"));
    }

    @Test
    void aSuspendedOrganizationIsRefusedEverywhereWithinASecond() {
        UUID theirs = stage.fixtures().organization();
        Caller person = space.as(stage.fixtures().member(theirs, "owner"));
        Caller program = program(person, List.of(Permission.AGENT_READ));
        program.get(AGENTS).is(200);
        Caller platform = space.as(stage.fixtures().admin(org));

        platform.call("POST", ORGANIZATIONS + "/" + theirs + "/suspend").is(200);

        Patience.within(SECOND, () -> {
            program.get(AGENTS).refused(403, "INSUFFICIENT_PERMISSIONS");
            person.get(AGENTS).refused(403, "INSUFFICIENT_PERMISSIONS");
            person.get("/api/auth/me").refused(401);
        });
        platform.call("POST", ORGANIZATIONS + "/" + theirs + "/reactivate").is(200);
        Patience.within(SECOND, () -> program.get(AGENTS).is(200));
        platform.call("POST", ORGANIZATIONS + "/" + org + "/suspend").refused(409, "CONFLICT");
        person.call("POST", ORGANIZATIONS + "/" + org + "/suspend").refused(403, "INSUFFICIENT_PERMISSIONS");
    }

    // Tenants
    // ---------------------------------------------------------------------------------------------

    /** Each route: our ids, called by another organization's owner, answer as ids that nobody has. */
    @Test
    void ourIdsDoNotExistForThem() {
        String agent = owner.post(AGENTS, "name", "a", "model", "m").is(201).text("id");
        owner.call("POST", AGENTS + "/" + agent + "/activate").is(200);
        Map<String, String> ours = Map.of(
                "organization_id", org.toString(),
                "user_id", ownerPerson.id().toString(),
                "agent_id", agent,
                "directive_id",
                        owner.post(DIRECTIVES, "name", "d", "content", "words")
                                .is(201)
                                .text("id"),
                "session_id", owner.post(SESSIONS, "agent_id", agent).is(201).text("id"),
                "data_request_id",
                        owner.post("/management/v1/data-requests", "kind", "access", "identifier", "C-1017")
                                .is(201)
                                .text("id"),
                "legal_hold_id",
                        owner.post("/management/v1/legal-holds", "identifier", "C-1018", "reason", "r")
                                .is(201)
                                .text("id"),
                "memory_id",
                        owner.post("/management/v1/memories", "content", "ours")
                                .is(201)
                                .get("memory")
                                .path("id")
                                .asText(),
                "token_id",
                        owner.post(TOKENS, "name", "t", "permissions", List.of())
                                .is(201)
                                .get("token")
                                .path("id")
                                .asText());
        Caller them = space.as(stage.fixtures().member(stage.fixtures().organization(), "owner"));
        for (Operation operation : everyOperation()) {
            if (!operation.path().startsWith("/management/v1/")
                    || !operation.path().contains("{")) {
                continue;
            }
            String name = operation.path().replaceAll(".*\\{([a-z_]+)}.*", "$1");
            assertThat(ours).as("an id of ours for %s", operation).containsKey(name);
            String unknown = UUID.randomUUID().toString();
            Answer toOurs = call(operation, name, ours.get(name), them);
            Answer toUnknown = call(operation, name, unknown, them);
            assertThat(toOurs.status())
                    .as("%s", toOurs)
                    .isEqualTo(toUnknown.status())
                    .isIn(403, 404);
            assertThat(toOurs.body().replace(toOurs.header("X-Request-ID").orElseThrow(), ""))
                    .isEqualTo(toUnknown
                            .body()
                            .replace(toUnknown.header("X-Request-ID").orElseThrow(), ""));
        }
        owner.get(AGENTS + "/" + ours.get("agent_id")).is(200);
        assertThat(owner.get(DIRECTIVES + "/" + ours.get("directive_id"))
                        .is(200)
                        .text("status"))
                .isEqualTo("draft");
        assertThat(owner.get(SESSIONS + "/" + ours.get("session_id")).is(200).text("status"))
                .isEqualTo("active");
        assertThat(owner.get(TOKENS + "/" + ours.get("token_id"))
                        .is(200)
                        .get("revoked_at")
                        .isNull())
                .isTrue();
    }

    private static Answer call(Operation operation, String name, String id, Caller caller) {
        String path = operation.path().replace("{" + name + "}", id);
        String example = operation
                .declaration()
                .at("/requestBody/content/application~1json/example")
                .toString();
        return operation.hasBody()
                ? caller.send(operation.method(), path, example)
                : caller.call(operation.method(), path);
    }
}
