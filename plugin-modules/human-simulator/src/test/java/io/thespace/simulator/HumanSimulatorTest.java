package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.plugin.contract.PluginContract;
import io.thespace.plugin.contract.PluginStage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin on a real database, its walkers against a small server in the platform's place. */
class HumanSimulatorTest extends PluginContract {

    private static final UUID SANDBOX = UUID.randomUUID();
    private static final UUID WALKER = UUID.randomUUID();

    private final HttpServer platform = serve();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();

    /** Whether the sandbox breaks when it is asked for a user. */
    private volatile boolean userless;

    private HttpServer serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/echo", exchange -> answer(exchange, 200, null));
            server.createContext("/api/broken", exchange -> answer(exchange, 500, "{\"error\": \"It broke.\"}"));
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            }));
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        byte[] bytes = (text != null
                        ? text
                        : "{\"path\": \"" + exchange.getRequestURI().getPath()
                                + "\", \"token\": \"t/1\", \"sum\": 1.5}")
                .getBytes(StandardCharsets.UTF_8);
        boolean mistyped = exchange.getRequestURI().getPath().endsWith("-mistyped");
        exchange.sendResponseHeaders(mistyped ? 404 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterAll
    void endPlatform() {
        platform.stop(0);
    }

    @BeforeEach
    void forget() {
        requests.clear();
        actions.clear();
        userless = false;
    }

    @Override
    protected Plugin plugin() {
        return new HumanSimulator(new RunWatch(Executors.defaultThreadFactory()));
    }

    @Override
    protected PluginStage prepare(Plugin plugin) {
        PluginStage stage = PluginStage.prepare(plugin);
        stage.sandbox(new Sandbox() {
            @Override
            public URI base() {
                return URI.create("http://127.0.0.1:" + platform.getAddress().getPort());
            }

            @Override
            public UUID orgId() {
                return SANDBOX;
            }

            @Override
            public SyntheticUser user(String key) {
                if (userless) {
                    throw new NoClassDefFoundError("Gone");
                }
                return new SyntheticUser(WALKER, key + "@sandbox.invalid", "a secret");
            }
        });
        stage.actions((actor, plugin2, action, params) -> {
            assertThat(actor.orgId()).isEqualTo(SANDBOX);
            assertThat(actor.synthetic()).isTrue();
            actions.add(actor.role() + " " + action);
            return Content.text(
                    "application/json",
                    action.equals("accounts")
                            ? "[]"
                            : "{\"account_id\": \"a-" + actions.size() + "\", \"balance\": 0.00}");
        });
        return stage;
    }

    private static Step step(String name, Method method, String path, Step.Expectation expected) {
        return new Step(name, null, method, path, null, null, null, null, null, expected);
    }

    private static ScenarioOrder scenario(String name, Step... steps) {
        return new ScenarioOrder(name, null, null, List.of(steps));
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private RunView simulate(Actor actor, SimulateOrder order) {
        return stage().call(actor, "POST /simulate", order).as(RunView.class);
    }

    @Test
    void aScenarioOfOnesOwnIsWalked() {
        Actor alice = stage().member(Role.USER);
        stage().call(
                        alice,
                        "POST /scenarios",
                        """
                        {"name": "own", "accounts": 2, "steps": [
                          {"name": "one", "method": "POST", "path": "/api/echo?who=${email}",
                           "body": {"n": "${number}", "text": "I am ${persona}", "account": "${account_2}"},
                           "capture": {"token": "/token", "sum": "/sum"}},
                          {"name": "two", "method": "GET", "path": "/api/echo/${token}",
                           "expect": {"status": 200, "checks": [
                             {"pointer": "/path", "equals": "/api/echo/t/1"}, {"pointer": "/sum", "equals": "${sum}"}]}}]}
                        """);
        RunView run = simulate(alice, new SimulateOrder("own", 1, 5L, null));
        assertThat(run.state()).as(run.toString()).isEqualTo("completed");
        assertThat(run.passed()).as(run.toString()).isTrue();
        assertThat(run.seed()).isEqualTo(5);
        assertThat(run.result().steps()).allSatisfy(step -> {
            assertThat(step.requests()).isEqualTo(1);
            assertThat(step.latency()).isNotNull();
        });
        assertThat(requests)
                .containsExactly(
                        "POST /api/echo?who=walker.0%40sandbox.invalid"
                                + " {\"n\":0,\"text\":\"I am anybody\",\"account\":\"a-3\"}",
                        "GET /api/echo/t%2F1 ");
        assertThat(actions)
                .containsExactly(
                        "USER accounts", "ADMIN open_account", "ADMIN open_account", "ADMIN deposit", "ADMIN deposit");
        assertThat(stage().events())
                .filteredOn(event -> event.subject().equals(run.runId().toString()))
                .allMatch(event ->
                        event.actor().synthetic() && event.actor().orgId().equals(alice.orgId()))
                .extracting(event -> event.type().name())
                .containsExactly("session_started", "session_completed");
    }

    /** A check with {@code exists} must not be read from the database as one for null. */
    @Test
    void whatIsLeftOutStaysLeftOut() {
        Actor alice = stage().member(Role.USER);
        String text =
                """
                {"name": "nulls", "steps": [{"name": "a", "method": "GET", "path": "/api/echo",
                 "expect": {"checks": [{"pointer": "/sum", "exists": true}, {"pointer": "/sum", "matches": "1.5"}]}}]}
                """;
        stage().call(alice, "POST /scenarios", text);
        assertThat(simulate(alice, new SimulateOrder("nulls", 1, null, null)).passed())
                .isTrue();
        ScenarioView view = stage().call(alice, "GET /scenarios/nulls").as(ScenarioView.class);
        assertThat(view.steps().get(0).expect().checks()).allMatch(check -> check.equal() == null);
    }

    @Test
    void aStepThatFailsIsNamedWithItsCause() {
        Actor alice = stage().member(Role.USER);
        stage().call(
                        alice,
                        "POST /scenarios",
                        scenario(
                                "breaks",
                                step("fine", Method.GET, "/api/echo", null),
                                step(
                                        "broken",
                                        Method.POST,
                                        "/api/broken",
                                        new Step.Expectation(200, null, null, null, null)),
                                step("never", Method.GET, "/api/echo", null)));
        RunView run = simulate(alice, new SimulateOrder("breaks", 3, null, null));
        assertThat(run.passed()).isFalse();
        assertThat(run.result().failedSessions()).isEqualTo(3);
        assertThat(run.result().steps())
                .extracting(RunResult.StepResult::failures)
                .containsExactly(0L, 3L, 0L);
        assertThat(run.result().steps())
                .extracting(RunResult.StepResult::requests)
                .containsExactly(3L, 3L, 0L);
        assertThat(run.result().steps().get(1).causes()).singleElement().satisfies(cause -> assertThat(cause.cause())
                .isEqualTo("Status 500 instead of 200: It broke."));
        assertThat(stage().events())
                .filteredOn(event -> event.subject().equals(run.runId().toString())
                        && event.type().name().equals("expectation_failed"))
                .hasSize(1);
    }

    @Test
    void aRunThatBreaksIsNotPassed() {
        Actor alice = stage().member(Role.USER);
        userless = true;

        RunView run = simulate(alice, new SimulateOrder("login", 1, null, null));

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.passed()).isFalse();
        assertThat(run.reason()).contains("logged");
    }

    @Test
    void theSameSeedMakesTheSameRequests() {
        Actor alice = stage().member(Role.USER);
        Step maybe = new Step("maybe", null, Method.GET, "/api/echo/maybe", null, null, null, null, true, null);
        stage().call(
                        alice,
                        "POST /scenarios",
                        scenario("careless", step("sure", Method.GET, "/api/echo/sure", null), maybe));
        UUID persona = stage().call(
                        alice, "POST /personas", "{\"name\": \"Careless\", \"error_rate\": 0.5, \"thoroughness\": 0.5}")
                .as(PersonaView.class)
                .personaId();
        List<List<String>> walks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            requests.clear();
            // One after the other, so that their order is theirs and not the threads'.
            for (long seed = 0; seed < 5; seed++) {
                assertThat(simulate(alice, new SimulateOrder("careless", 1, seed, List.of(persona)))
                                .passed())
                        .isTrue();
            }
            walks.add(List.copyOf(requests));
        }
        assertThat(walks.get(0)).isEqualTo(walks.get(1)).anyMatch(request -> request.contains("-mistyped"));
    }

    @Test
    void syntheticUsersSimulateNothing() {
        Actor alice = stage().member(Role.USER);
        Actor synthetic = new Actor(alice.orgId(), UUID.randomUUID(), Role.USER, null, "test", null, null, true);
        refused(SimulatorError.SYNTHETIC_CALLER, () -> stage().call(
                        synthetic, "POST /simulate", new SimulateOrder("login", 1, null, null)));
        refused(SimulatorError.SYNTHETIC_CALLER, () -> stage().call(
                        synthetic, "POST /runs", new RunOrder("login", 1, null, null, null, null, null)));
    }

    @Test
    void shippedScenariosAreThereAndStay() {
        Actor alice = stage().member(Role.USER);
        assertThat(stage().call(alice, "GET /scenarios").items(ScenarioView.class))
                .extracting(ScenarioView::name)
                .containsExactly("browse_plugins", "chat", "login", "transfer");
        stage().call(alice, "POST /scenarios", scenario("calm", step("a", Method.GET, "/api/echo", null)));
        PluginStage.Answer first = stage().call(alice, "GET /scenarios?limit=2");
        assertThat(first.items(ScenarioView.class))
                .extracting(ScenarioView::name)
                .containsExactly("browse_plugins", "calm");
        assertThat(stage().call(
                                alice,
                                "GET /scenarios?limit=2&cursor="
                                        + first.nextCursor().orElseThrow())
                        .items(ScenarioView.class))
                .extracting(ScenarioView::name)
                .containsExactly("chat", "login");
        refused(SimulatorError.SCENARIO_SHIPPED, () -> stage().call(alice, "DELETE /scenarios/login"));
        refused(SimulatorError.SCENARIO_SHIPPED, () -> stage().call(
                        alice, "POST /scenarios", scenario("login", step("a", Method.GET, "/api/echo", null))));
        Actor bob = stage().member(Role.USER);
        refused(SimulatorError.SCENARIO_NOT_FOUND, () -> stage().call(bob, "GET /scenarios/calm"));
        stage().call(alice, "DELETE /scenarios/calm");
        refused(SimulatorError.SCENARIO_NOT_FOUND, () -> stage().call(alice, "GET /scenarios/calm"));
    }

    @Test
    void scenariosThatCannotBeMadeAreRefused() {
        Actor alice = stage().member(Role.USER);
        for (String member : List.of(
                "\"headers\": {\"Host\": \"elsewhere\"}",
                "\"headers\": {\"X-Forwarded-For\": \"10.0.0.1\"}",
                "\"capture\": {\"Big Name\": \"/a\"}",
                "\"capture\": {\"a\": \"no pointer\"}",
                "\"expect\": {\"checks\": [{\"pointer\": \"/a\"}]}",
                "\"expect\": {\"checks\": [{\"pointer\": \"/a\", \"matches\": \"(\"}]}")) {
            refused(SimulatorError.SCENARIO_INVALID, () -> stage().call(
                            alice,
                            "POST /scenarios",
                            "{\"name\": \"bad\", \"steps\": [{\"name\": \"a\", \"method\": \"GET\", \"path\": \"/api/x\", "
                                    + member + "}]}"));
        }
        for (String members : List.of(
                "",
                "\"kind\": \"websocket\", \"method\": \"GET\"",
                "\"kind\": \"websocket\", \"body\": [1]",
                "\"kind\": \"websocket\", \"capture\": {\"a\": \"/a\"}",
                "\"kind\": \"websocket\", \"headers\": {\"Sec-WebSocket-Protocol\": \"x\"}",
                "\"kind\": \"websocket\", \"expect\": {\"frame\": \"pong\", \"status\": 200}",
                "\"method\": \"GET\", \"expect\": {\"frame\": \"pong\"}",
                "\"method\": \"GET\", \"expect\": {\"within_millis\": 5}")) {
            refused(SimulatorError.SCENARIO_INVALID, () -> stage().call(
                            alice,
                            "POST /scenarios",
                            "{\"name\": \"bad\", \"steps\": [{\"name\": \"a\", \"path\": \"/api/x\""
                                    + (members.isEmpty() ? "" : ", " + members) + "}]}"));
        }
        assertThatThrownBy(() -> stage().call(
                                alice,
                                "POST /scenarios",
                                "{\"name\": \"bad\", \"steps\": [{\"name\": \"a\", \"method\": \"GET\","
                                        + " \"path\": \"http://elsewhere.example/\"}]}"))
                .hasMessageContaining("path");
    }

    /** A scenario whose personas think until their run is stopped. */
    private void createEndless(Actor actor) {
        Step thinking = new Step("long", null, Method.GET, "/api/echo", null, null, null, 60_000, null, null);
        stage().call(actor, "POST /scenarios", scenario("endless", thinking));
    }

    private void createShort(Actor actor) {
        stage().call(actor, "POST /scenarios", scenario("short", step("a", Method.GET, "/api/echo", null)));
    }

    private List<RunView> runs(Actor actor) {
        return stage().call(actor, "GET /runs?limit=100").items(RunView.class);
    }

    private void look() {
        ((HumanSimulator) stage().plugin()).look();
    }

    private static void await(BooleanSupplier fulfilled, Runnable meanwhile) {
        Instant end = Instant.now().plusSeconds(30);
        while (!fulfilled.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            meanwhile.run();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void stopAll(Actor... actors) {
        for (Actor actor : actors) {
            runs(actor).forEach(run -> stage().call(actor, "POST /runs/" + run.runId() + "/stop"));
            await(() -> runs(actor).stream().allMatch(run -> run.endedAt() != null), this::look);
        }
    }

    @Test
    void simulationsOfOneOrganizationHinderNobodyElse() throws Exception {
        Actor alice = stage().member(Role.USER);
        Actor bob = stage().member(Role.USER);
        createEndless(alice);
        createShort(bob);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<Future<RunView>> simulated = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                simulated.add(callers.submit(() -> simulate(alice, new SimulateOrder("endless", 10, null, null))));
            }
            await(() -> runs(alice).size() == 4, () -> {});

            refused(SimulatorError.NODE_BUSY, () -> simulate(alice, new SimulateOrder("endless", 1, null, null)));
            assertThat(simulate(bob, new SimulateOrder("short", 1, null, null)).passed())
                    .isTrue();
        } finally {
            stopAll(alice);
            callers.shutdown();
        }
        for (Future<RunView> each : simulated) {
            assertThat(each.get().state()).isEqualTo("stopped");
        }
        createShort(alice);
        assertThat(simulate(alice, new SimulateOrder("short", 1, null, null)).passed())
                .as("with the places given back")
                .isTrue();
    }

    private UUID persona(Actor actor, String name, int age) {
        PersonaOrder order = new PersonaOrder(name, null, null, null, null, Map.of("age", IntNode.valueOf(age)));
        return stage().call(actor, "POST /personas", order)
                .as(PersonaView.class)
                .personaId();
    }

    private RunView planned(Actor actor, int capacity, Rule... rules) {
        return stage().call(
                        actor,
                        "POST /runs",
                        new RunOrder(
                                "login", null, null, null, null, null, new RunOrder.Places(capacity, List.of(rules))))
                .as(RunView.class);
    }

    private AdmissionView admit(Actor actor, UUID run, UUID persona) {
        return stage().call(actor, "POST /admissions", new AdmissionOrder(run, persona))
                .as(AdmissionView.class);
    }

    @Test
    void placesAreNeverGivenTwiceAndAFreedOneMovesOneUp() throws Exception {
        Actor alice = stage().member(Role.USER);
        RunView run = planned(alice, 5);
        List<UUID> people = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            people.add(persona(alice, "Person " + i, i));
        }
        ExecutorService crowd = Executors.newFixedThreadPool(20);
        try {
            List<Future<AdmissionView>> asked = new ArrayList<>();
            for (UUID person : people) {
                asked.add(crowd.submit(() -> admit(alice, run.runId(), person)));
            }
            for (Future<AdmissionView> each : asked) {
                each.get();
            }
        } finally {
            crowd.shutdown();
        }
        List<AdmissionView> all = list(alice, run);
        assertThat(all).extracting(AdmissionView::place).containsExactlyElementsOf(range(1, 20));
        assertThat(all.subList(0, 5)).allMatch(a -> a.status().equals("admitted") && a.waiting() == null);
        assertThat(all.subList(5, 20)).extracting(AdmissionView::waiting).containsExactlyElementsOf(range(1, 15));

        stage().call(alice, "DELETE /admissions/" + all.get(2).admissionId());
        List<AdmissionView> after = list(alice, run);
        assertThat(after).filteredOn(a -> a.status().equals("admitted")).hasSize(5);
        assertThat(after.get(4).admissionId()).isEqualTo(all.get(5).admissionId());
        assertThat(after.get(4).status()).isEqualTo("admitted");
        stage().call(alice, "DELETE /admissions/" + all.get(10).admissionId());
        assertThat(list(alice, run))
                .filteredOn(a -> a.status().equals("admitted"))
                .hasSize(5);
    }

    private static List<Long> range(long from, long to) {
        return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
    }

    private List<AdmissionView> list(Actor actor, RunView run) {
        return stage().call(actor, "GET /admissions?run_id=" + run.runId() + "&limit=100")
                .items(AdmissionView.class);
    }

    @Test
    void onlyWhoIsEligibleIsAdmittedAndOnce() {
        Actor alice = stage().member(Role.USER);
        RunView run = planned(alice, 5, new Rule("age", Rule.Is.AT_LEAST, IntNode.valueOf(18)));
        UUID child = persona(alice, "Child", 8);
        UUID grown = persona(alice, "Grown", 30);
        UUID old = persona(alice, "Old", 80);
        refused(SimulatorError.NOT_ELIGIBLE, () -> admit(alice, run.runId(), child));
        AdmissionView admitted = admit(alice, run.runId(), grown);
        refused(SimulatorError.ALREADY_ADMITTED, () -> admit(alice, run.runId(), grown));
        refused(SimulatorError.PERSONA_ADMITTED, () -> stage().call(alice, "DELETE /personas/" + grown));
        assertThat(stage().call(alice, "PUT /admissions/" + admitted.admissionId(), new AdmissionChange(old))
                        .as(AdmissionView.class)
                        .personaId())
                .isEqualTo(old);
        RunView started =
                stage().call(alice, "POST /runs/" + run.runId() + "/start").as(RunView.class);
        assertThat(started.state()).isEqualTo("queued");
        assertThat(started.users()).isEqualTo(1);
        refused(SimulatorError.RUN_TAKES_NO_ADMISSIONS, () -> admit(alice, run.runId(), grown));
        refused(SimulatorError.RUN_UNDER_WAY, () -> stage().call(alice, "DELETE /runs/" + run.runId()));
        assertThat(stage().call(alice, "POST /runs/" + run.runId() + "/stop")
                        .as(RunView.class)
                        .state())
                .isEqualTo("stopped");
        stage().call(alice, "DELETE /runs/" + run.runId());
        refused(SimulatorError.RUN_NOT_FOUND, () -> stage().call(alice, "GET /runs/" + run.runId()));
    }

    @Test
    void rulesThatCompareWithNothingAreRefused() {
        Actor alice = stage().member(Role.USER);
        refused(
                SimulatorError.RULE_INVALID,
                () -> planned(alice, 5, new Rule("age", Rule.Is.AT_LEAST, TextNode.valueOf("old"))));
    }

    @Test
    void theCalendarGoesOutAndComesIn() {
        Actor alice = stage().member(Role.USER);
        CalendarEntryOrder order =
                new CalendarEntryOrder("Look", "login", 2, "Europe/Berlin", "2126-03-02T08:00:00", "FREQ=WEEKLY", true);
        CalendarEntryView entry = stage().call(alice, "POST /calendar", order).as(CalendarEntryView.class);
        assertThat(entry.nextAt()).isEqualTo("2126-03-02T07:00:00Z");
        Content content = (Content) stage().call(alice, "GET /calendar.ics").value();
        String text = new String(content.bytes(), StandardCharsets.UTF_8);
        assertThat(content.mediaType()).startsWith("text/calendar");

        Actor bob = stage().member(Role.USER);
        List<CalendarEntryView> taken = stage().call(bob, "POST /calendar/import", new CalendarImport(text, null))
                .items(CalendarEntryView.class);
        assertThat(taken).singleElement().satisfies(copy -> {
            assertThat(copy.uid()).isEqualTo(entry.uid());
            assertThat(copy.nextAt()).isEqualTo(entry.nextAt());
            assertThat(copy.users()).isEqualTo(2);
        });
        stage().call(bob, "POST /calendar/import", new CalendarImport(text, null));
        assertThat(stage().call(bob, "GET /calendar").items(CalendarEntryView.class))
                .hasSize(1);
        refused(SimulatorError.ENTRY_NOT_FOUND, () -> stage().call(bob, "GET /calendar/" + entry.entryId()));

        CalendarEntryOrder off = new CalendarEntryOrder("Look", "login", 2, "UTC", "2126-03-02T08:00:00", null, false);
        assertThat(stage().call(alice, "PUT /calendar/" + entry.entryId(), off)
                        .as(CalendarEntryView.class)
                        .nextAt())
                .isNull();
        stage().call(alice, "DELETE /calendar/" + entry.entryId());
        assertThat(stage().call(alice, "GET /calendar").items(CalendarEntryView.class))
                .isEmpty();
    }

    /** Each rule is allowed by itself; together they would take minutes. */
    @Test
    void calendarsOfCostlyRulesAreRefused() {
        for (String rule : List.of(
                "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=HOURLY;COUNT=10000;BYMONTHDAY=1;BYHOUR=0",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1")) {
            Actor actor = stage().member(Role.USER);
            refused(SimulatorError.ICALENDAR_INVALID, () -> stage().call(
                            actor, "POST /calendar/import", calendar(500, rule)));
            assertThat(stage().call(actor, "GET /calendar").items(CalendarEntryView.class))
                    .isEmpty();
            assertThat(stage().call(actor, "POST /calendar/import", calendar(1, rule))
                            .items(CalendarEntryView.class))
                    .hasSize(1);
        }
        Actor actor = stage().member(Role.USER);
        for (String rule : List.of("FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")) {
            assertThat(stage().call(actor, "POST /calendar/import", calendar(500, rule))
                            .items(CalendarEntryView.class))
                    .hasSize(500);
        }
    }

    private static CalendarImport calendar(int events, String rule) {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\n");
        for (int i = 0; i < events; i++) {
            text.append("BEGIN:VEVENT\r\nUID:").append(i).append("\r\nDTSTAMP:20260101T000000Z\r\n");
            text.append("DTSTART:19000101T000000Z\r\nRRULE:").append(rule).append("\r\nSUMMARY:x\r\nEND:VEVENT\r\n");
        }
        return new CalendarImport(text.append("END:VCALENDAR\r\n").toString(), "login");
    }

    private UUID stored(Actor actor, String startsAt, String zone, String rule) throws SQLException {
        UUID id = UUID.randomUUID();
        stage().database()
                .transact(
                        actor,
                        connection -> Sql.update(
                                connection,
                                "insert into human_simulator.calendar (id, org_id, uid, name, scenario, users, zone, starts_at,"
                                        + " rule, enabled, next_at)"
                                        + " values (?, ?, ?, 'Old', 'login', 1, ?, ?::timestamp, ?, true, now() - interval '1 minute')",
                                id,
                                actor.orgId(),
                                id.toString(),
                                zone,
                                startsAt,
                                rule));
        return id;
    }

    private CalendarEntryView entry(Actor actor, UUID id) {
        return stage().call(actor, "GET /calendar/" + id).as(CalendarEntryView.class);
    }

    private String exported(Actor actor) {
        return new String(((Content) stage().call(actor, "GET /calendar.ics").value()).bytes(), StandardCharsets.UTF_8);
    }

    /** Its start is in the database's bounds; its rule and its zone are not, and not known to the database. */
    @Test
    void entriesOfEarlierVersionsAreExportedAndDisabledWhenTheyAreDue() throws SQLException {
        Actor alice = stage().member(Role.USER);
        UUID often = stored(alice, "2026-01-01T00:00:00", "Europe/Berlin", "FREQ=MINUTELY");
        UUID nowhere = stored(alice, "2026-01-01T00:00:00", "Mars/Olympus", null);

        assertThat(exported(alice)).contains("RRULE:FREQ=MINUTELY", "DTSTART;TZID=Mars/Olympus:20260101T000000");

        // Neither scenarios nor runs are reached.
        CalendarEntries entries = new CalendarEntries(stage().database(), null, null);
        for (UUID id : List.of(often, nowhere)) {
            entries.start(Actor.platform(alice.orgId(), "test"), id);
            assertThat(entry(alice, id)).satisfies(entry -> {
                assertThat(entry.enabled()).isFalse();
                assertThat(entry.nextAt()).isNull();
                assertThat(entry.problem()).containsPattern("^(rule|zone) m");
            });
        }
    }

    @Test
    void startsBeyondTheBoundsAreMigratedAndNotStoredAgain() throws Exception {
        Actor alice = stage().member(Role.USER);
        assertThatThrownBy(() -> stored(alice, "0001-01-01T08:00:00", "UTC", null))
                .hasMessageContaining("calendar_starts_at");
        stage().database()
                .transact(
                        alice,
                        connection -> Sql.update(
                                connection, "alter table human_simulator.calendar drop constraint calendar_starts_at"));
        UUID ancient = stored(alice, "0001-01-01T08:00:00", "Europe/Berlin", "FREQ=DAILY");
        UUID before = stored(alice, "0044-03-15T12:00:00 BC", "UTC", null);
        UUID distant = stored(alice, "10000-01-01T00:00:00", "UTC", "FREQ=DAILY");
        UUID precise = stored(alice, "2126-01-01T08:00:00.999999", "UTC", null);
        String script;
        try (InputStream in = getClass().getResourceAsStream("/db/migration/human_simulator/V58__calendar_start.sql")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        stage().database().transact(alice, connection -> Sql.update(connection, script));

        assertThat(entry(alice, ancient)).satisfies(entry -> {
            assertThat(entry.startsAt()).isEqualTo("1900-01-01T00:00");
            assertThat(entry.enabled()).isFalse();
            assertThat(entry.problem()).contains("0001-01-01 08:00:00");
        });
        assertThat(entry(alice, before).problem()).contains("0044-03-15 12:00:00 BC");
        assertThat(entry(alice, distant).startsAt()).isEqualTo("9999-12-31T23:59:59");
        assertThat(entry(alice, precise)).satisfies(entry -> {
            assertThat(entry.startsAt()).isEqualTo("2126-01-01T08:00");
            assertThat(entry.enabled()).isTrue();
        });
        assertThat(exported(alice).split("BEGIN:VEVENT")).hasSize(5);
        stage().call(stage().member(Role.USER), "POST /calendar/import", new CalendarImport(exported(alice), null));
    }

    @Test
    void otherOrganizationsPersonasAndRunsDoNotExist() {
        Actor alice = stage().member(Role.USER);
        Actor bob = stage().member(Role.USER);
        UUID persona = persona(alice, "Hers", 1);
        RunView run = planned(alice, 1);
        refused(SimulatorError.PERSONA_NOT_FOUND, () -> stage().call(bob, "GET /personas/" + persona));
        refused(SimulatorError.RUN_NOT_FOUND, () -> stage().call(bob, "GET /runs/" + run.runId()));
        refused(SimulatorError.RUN_NOT_FOUND, () -> stage().call(bob, "GET /admissions?run_id=" + run.runId()));
        refused(SimulatorError.PERSONA_NOT_FOUND, () -> stage().call(
                        bob, "POST /admissions", new AdmissionOrder(run.runId(), persona)));
    }
}
