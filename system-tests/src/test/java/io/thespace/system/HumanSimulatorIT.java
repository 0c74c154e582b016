package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated people go through this platform, and the platform tells how it was for them. */
class HumanSimulatorIT {

    private static final String PATH = "/api/plugins/human_simulator";
    private static final String FAILING = "failing_plugin";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person person = stage.fixtures().user(org);
    private final Caller user = stage.space().as(person);
    private final Caller admin = stage.space().as(stage.fixtures().admin(org));

    private JsonNode simulate(String scenario) {
        return user.post(PATH + "/simulate", "scenario", scenario, "seed", 7)
                .is(200)
                .json();
    }

    private static JsonNode step(JsonNode run, String name) {
        return StreamSupport.stream(run.path("result").path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "browse_plugins", "transfer"})
    void aShippedScenarioPasses(String scenario) {
        JsonNode run = simulate(scenario);

        assertThat(run.path("passed").asBoolean()).as(run.toPrettyString()).isTrue();
        assertThat(run.path("state").asText()).isEqualTo("completed");
        assertThat(run.path("result").path("steps")).allSatisfy(step -> {
            assertThat(step.path("requests").asInt()).isEqualTo(1);
            assertThat(step.path("latency").path("p50_millis").asDouble()).isPositive();
        });
        assertThat(user.get(PATH + "/runs/" + run.path("run_id").asText())
                        .is(200)
                        .json())
                .isEqualTo(run);
    }

    /** Talks through mirrorcore, where that is installed; without it the first step there says what is missing. */
    @Test
    void chatPassesWithMirrorcore() {
        boolean there = user.get("/api/plugins").is(200).body().contains("\"mirrorcore\"");
        JsonNode run = simulate("chat");

        assertThat(run.path("passed").asBoolean()).as(run.toPrettyString()).isEqualTo(there);
        if (!there) {
            assertThat(step(run, "open").path("causes").path(0).path("cause").asText())
                    .startsWith("Status 404 instead of 201");
        }
    }

    /** Over the hub's WebSocket, several of them in one channel; what the hub refuses is told with its cause. */
    @Test
    void theyTalkOverTheWebSocket() {
        String signIn =
                """
                {"name": "sign_in", "method": "POST", "path": "/api/auth/login",
                 "body": {"email": "${email}", "password": "${password}"}, "capture": {"token": "/access_token"}},
                {"name": "join", "kind": "websocket", "path": "/api/v1/ws", "headers": {"Authorization": "Bearer ${token}"},
                 "body": {"type": "join_channel", "channel_id": "lobby"}, "capture": {"epoch": "/epoch"},
                 "expect": {"frame": "joined"}},
                """;
        addScenario(
                "sockets",
                signIn
                        + """
                {"name": "say", "kind": "websocket", "path": "/api/v1/ws",
                 "body": {"type": "message", "channel_id": "lobby", "data": {"by": "${session_id}"}},
                 "expect": {"frame": "message", "within_millis": 5000, "checks": [
                   {"pointer": "/data/by", "equals": "${session_id}"}, {"pointer": "/epoch", "equals": "${epoch}"}]}},
                {"name": "leave", "kind": "websocket", "path": "/api/v1/ws",
                 "body": {"type": "leave_channel", "channel_id": "lobby"}, "expect": {"frame": "left"}}
                """);
        JsonNode run = user.post(PATH + "/simulate", "scenario", "sockets", "users", 4)
                .is(200)
                .json();
        assertThat(run.path("passed").asBoolean()).as(run.toPrettyString()).isTrue();
        assertThat(step(run, "say").path("requests").asInt()).isEqualTo(4);

        addScenario(
                "stranger",
                signIn
                        + """
                {"name": "elsewhere", "kind": "websocket", "path": "/api/v1/ws",
                 "body": {"type": "join_channel", "channel_id": "events"}, "expect": {"frame": "joined"}}
                """);
        assertThat(step(simulate("stranger"), "elsewhere").at("/causes/0/cause").asText())
                .isEqualTo("An error came instead of joined: Not authorized for this channel.");
    }

    @Test
    void theGatewaysFormIsTheSame() {
        JsonNode run = user.send(
                        "POST",
                        "/api/v1/gateway/plugin/human-simulator",
                        "{\"action\": \"simulate\", \"params\": {\"scenario\": \"login\"}}")
                .is(200)
                .json();
        assertThat(run.path("passed").asBoolean()).as(run.toPrettyString()).isTrue();
    }

    @Test
    void whatTheyDoStaysInTheSandboxAndOutOfTheNumbers() {
        String id = simulate("transfer").path("run_id").asText();

        assertThat(stage.database()
                        .query("select distinct e.synthetic::text || ' ' || o.sandbox::text from core.events e"
                                + " join core.organizations o on o.id = e.org_id"
                                + " where e.type = 'funds_transferred' and e.request_id like 'sim-%'"))
                .containsExactly("true true");
        assertThat(stage.database()
                        .query(
                                "select distinct synthetic::text from core.events where org_id = ? and subject = ?",
                                org,
                                id))
                .containsExactly("true");
        assertThat(stage.database()
                        .query("select u.email from core.users u join core.memberships m on m.user_id = u.id"
                                + " join core.organizations o on o.id = m.org_id where u.synthetic and not o.sandbox"))
                .isEmpty();
        JsonNode events = admin.get("/api/control-center/events?plugin=human_simulator&type=session_completed")
                .is(200)
                .get("items");
        assertThat(events).anySatisfy(event -> {
            assertThat(event.path("subject").asText()).isEqualTo(id);
            assertThat(event.path("data").path("passed").asBoolean()).isTrue();
        });
    }

    /** A synthetic user can do in the sandbox what any user can, except starting simulations. */
    @Test
    void syntheticUsersSimulateNobody() {
        addScenario(
                "recursive",
                """
                {"name": "sign_in", "method": "POST", "path": "/api/auth/login",
                 "body": {"email": "${email}", "password": "${password}"}, "capture": {"token": "/access_token"}},
                {"name": "again", "method": "POST", "path": "%s/simulate", "body": {"scenario": "login"},
                 "headers": {"Authorization": "Bearer ${token}"}, "expect": {"status": 403}},
                {"name": "govern", "method": "GET", "path": "/api/control-center/plugins",
                 "headers": {"Authorization": "Bearer ${token}"}, "expect": {"status": 403}}
                """
                        .formatted(PATH));
        JsonNode run = simulate("recursive");
        assertThat(run.path("passed").asBoolean()).as(run.toPrettyString()).isTrue();
    }

    private void addScenario(String name, String steps) {
        user.send("POST", PATH + "/scenarios", "{\"name\": \"%s\", \"steps\": [%s]}".formatted(name, steps))
                .is(201);
    }

    @Test
    void aBrokenEndpointIsTheFailingStepWithItsCause() {
        ControlCenter center = new ControlCenter(admin);
        center.clear(FAILING);
        center.run(PluginZip.failing()).is(200);
        try {
            addScenario(
                    "broken",
                    """
                    {"name": "sign_in", "method": "POST", "path": "/api/auth/login",
                     "body": {"email": "${email}", "password": "${password}"}, "capture": {"token": "/access_token"}},
                    {"name": "works", "method": "POST", "path": "/api/plugins/failing_plugin/none",
                     "headers": {"Authorization": "Bearer ${token}"}, "expect": {"status": 200}},
                    {"name": "breaks", "method": "POST", "path": "/api/plugins/failing_plugin/runtime_exception",
                     "headers": {"Authorization": "Bearer ${token}"}, "expect": {"status": 200}}
                    """);
            JsonNode run = simulate("broken");

            assertThat(run.path("passed").asBoolean()).isFalse();
            assertThat(step(run, "works").path("failures").asInt()).isZero();
            JsonNode cause = step(run, "breaks").path("causes").path(0);
            assertThat(cause.path("cause").asText()).startsWith("Status 500 instead of 200: Something went wrong");
            assertThat(cause.path("request_id").asText()).startsWith("sim-");
            JsonNode events = admin.get("/api/control-center/events?type=expectation_failed")
                    .is(200)
                    .get("items");
            assertThat(events)
                    .filteredOn(event -> event.path("subject").equals(run.path("run_id")))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.path("source").asText()).isEqualTo("/plugins/human_simulator");
                        assertThat(event.path("data").path("step").asText()).isEqualTo("breaks");
                    });
        } finally {
            center.clear(FAILING);
        }
    }

    @Test
    void aQueuedRunIsMadeAndOneThatRunsIsStopped() {
        addScenario(
                "slow", "{\"name\": \"look\", \"method\": \"GET\", \"path\": \"/api/health\", \"think_millis\": 500}");
        String id = user.post(PATH + "/runs", "scenario", "slow", "users", 12, "concurrency", 4)
                .is(201)
                .text("run_id");
        JsonNode done = await(id, "completed");
        assertThat(done.path("passed").asBoolean()).as(done.toPrettyString()).isTrue();
        assertThat(done.path("result").path("sessions").asInt()).isEqualTo(12);

        String endless = user.post(PATH + "/runs", "scenario", "slow", "users", 1000, "concurrency", 2)
                .is(201)
                .text("run_id");
        await(endless, "running");
        Patience.within(LIMIT, () -> assertThat(user.get(PATH + "/runs/" + endless)
                        .get("result")
                        .path("sessions")
                        .asInt())
                .isPositive());
        user.call("POST", PATH + "/runs/" + endless + "/stop").is(200);
        JsonNode stopped = await(endless, "stopped");
        assertThat(stopped.path("reason").asText()).isEqualTo("It was stopped.");
        assertThat(stopped.path("result").path("sessions").asInt()).isLessThan(1000);
    }

    /** A node makes two queued runs of one organization at once; other runs and simulations have places and threads left. */
    @Test
    void manyRunsOfOneOrganizationLeavePlacesToOthers() {
        addScenario(
                "endless",
                "{\"name\": \"look\", \"method\": \"GET\", \"path\": \"/api/health\", \"think_millis\": 60000}");
        Caller other = stage.space().as(stage.fixtures().user(stage.fixtures().organization()));
        List<String> endless = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                endless.add(user.post(PATH + "/runs", "scenario", "endless", "users", 50, "concurrency", 50)
                        .is(201)
                        .text("run_id"));
            }
            Patience.within(LIMIT, () -> assertThat(states(endless)).contains("running"));
            String id = other.post(PATH + "/runs", "scenario", "browse_plugins")
                    .is(201)
                    .text("run_id");
            Patience.within(
                    LIMIT, () -> assertThat(other.get(PATH + "/runs/" + id).text("state"))
                            .isEqualTo("completed"));
            assertThat(states(endless)).contains("running", "queued");
            // Sign-ins are refused while the passwords of the many new users are hashed.
            Patience.within(LIMIT, () -> assertThat(
                            simulate("browse_plugins").path("passed").asBoolean())
                    .isTrue());
        } finally {
            endless.forEach(
                    run -> user.call("POST", PATH + "/runs/" + run + "/stop").is(200));
            endless.forEach(run -> await(run, "stopped"));
        }
    }

    private List<String> states(List<String> runs) {
        return runs.stream()
                .map(run -> user.get(PATH + "/runs/" + run).is(200).text("state"))
                .toList();
    }

    private JsonNode await(String id, String state) {
        Patience.within(LIMIT, () -> assertThat(user.get(PATH + "/runs/" + id).text("state"))
                .isEqualTo(state));
        return user.get(PATH + "/runs/" + id).is(200).json();
    }

    /** The state of the database after its node was killed: the run is running, with an expired lease. */
    @Test
    void aRunWhoseNodeWentAwayIsEnded() {
        String id = user.post(PATH + "/runs", "scenario", "login", "users", 1)
                .is(201)
                .text("run_id");
        await(id, "completed");
        stage.database()
                .execute(
                        "update human_simulator.run set state = 'running', ended_at = null, node = gen_random_uuid(),"
                                + " leased_until = now() - interval '1 second' where id = ?",
                        UUID.fromString(id));
        JsonNode ended = await(id, "interrupted");
        assertThat(ended.path("reason").asText()).contains("node went away");
        assertThat(ended.path("passed").asBoolean()).isFalse();
    }

    @Test
    void ofTwoHundredWhoAskFiftyAreAdmittedAndTheRestWaitInOrder() {
        String run = user.send("POST", PATH + "/runs", "{\"scenario\": \"login\", \"admission\": {\"capacity\": 50}}")
                .is(201)
                .text("run_id");
        List<String> personas = Crowd.all(IntStream.range(0, 200)
                .mapToObj(i -> (Callable<String>) () ->
                        patiently(PATH + "/personas", "name", "Person " + i).text("persona_id"))
                .toList());

        List<String> statuses = Crowd.all(personas.stream()
                .map(persona ->
                        (Callable<String>) () -> patiently(PATH + "/admissions", "run_id", run, "persona_id", persona)
                                .text("status"))
                .toList());

        assertThat(statuses).filteredOn("admitted"::equals).hasSize(50);
        List<JsonNode> all = admissions(run);
        assertThat(all)
                .extracting(each -> each.path("place").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(all.subList(0, 50))
                .allMatch(each -> each.path("status").asText().equals("admitted"));
        assertThat(all.subList(50, 200))
                .extracting(each -> each.path("waiting").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 150).boxed().toList());

        String first = all.get(50).path("admission_id").asText();
        user.call(
                        "DELETE",
                        PATH + "/admissions/" + all.get(7).path("admission_id").asText())
                .is(204);
        List<JsonNode> after = admissions(run);
        assertThat(after)
                .filteredOn(each -> each.path("status").asText().equals("admitted"))
                .hasSize(50)
                .last()
                .satisfies(
                        each -> assertThat(each.path("admission_id").asText()).isEqualTo(first));
        assertThat(after.get(50).path("waiting").asLong()).isEqualTo(1);
        user.call("POST", PATH + "/runs/" + run + "/stop").is(200);
    }

    /** A node turns away more than it can take at once; the key makes asking again safe. */
    private Answer patiently(String path, Object... body) {
        Caller once = user.once(UUID.randomUUID().toString());
        List<Answer> answers = new ArrayList<>();
        Patience.within(LIMIT, () -> {
            answers.add(once.post(path, body));
            assertThat(answers.get(answers.size() - 1).status()).isNotIn(503, 409);
        });
        return answers.get(answers.size() - 1).is(201);
    }

    private List<JsonNode> admissions(String run) {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        while (next != null) {
            Answer page = user.get(PATH + "/admissions?limit=100&run_id=" + run + next)
                    .is(200);
            page.get("items").forEach(all::add);
            next = page.get("next_cursor").isNull() ? null : "&cursor=" + page.text("next_cursor");
        }
        return all;
    }

    @Test
    void whatIsDueIsStartedOnce() {
        String soon = LocalDateTime.now(ZoneId.of("Asia/Tokyo"))
                .plusSeconds(15)
                .withNano(0)
                .toString();
        String id = user.post(
                        PATH + "/calendar",
                        "name",
                        "Soon",
                        "scenario",
                        "login",
                        "zone",
                        "Asia/Tokyo",
                        "starts_at",
                        soon)
                .is(201)
                .text("entry_id");
        Patience.within(LIMIT, () -> assertThat(
                        user.get(PATH + "/calendar/" + id).get("last_run").isNull())
                .isFalse());
        Answer entry = user.get(PATH + "/calendar/" + id).is(200);
        assertThat(entry.get("next_at").isNull()).isTrue();
        await(entry.text("last_run"), "completed");
        assertThat(user.get(PATH + "/runs").is(200).get("items")).hasSize(1);
        assertThat(user.get(PATH + "/calendar.ics").is(200).body()).contains("TZID=Asia/Tokyo");
    }

    /** Whatever is stored can be exported, and what is exported can be imported. */
    @Test
    void anOffsetIsAZoneAndRefusalsNameTheEvent() {
        user.post(
                        PATH + "/calendar",
                        "name",
                        "Offset",
                        "scenario",
                        "login",
                        "zone",
                        "+01:00",
                        "starts_at",
                        "2030-03-31T02:30:00",
                        "rule",
                        "FREQ=DAILY;COUNT=3")
                .is(201);
        String text = user.get(PATH + "/calendar.ics").is(200).body();
        assertThat(text).contains("DTSTART;TZID=\"+01:00\":20300331T023000");

        user.post(PATH + "/calendar/import", "icalendar", text).is(200);
        assertThat(user.get(PATH + "/calendar").is(200).get("items").findValuesAsText("name"))
                .containsOnlyOnce("Offset");
        String says = user.post(
                        PATH + "/calendar/import",
                        "icalendar",
                        text.replace("RRULE:", "RDATE:20300401T000000Z\r\nRRULE:"))
                .refused(400);
        assertThat(says).contains("@human_simulator", "RDATE");
    }

    @Test
    void guestsSimulateNothing() {
        Caller guest = stage.space().as(stage.fixtures().guest(org));
        guest.post(PATH + "/simulate", "scenario", "login").refused(403);
        guest.send(
                        "POST",
                        gateway("human_simulator"),
                        "{\"action\": \"simulate\", \"params\": {\"scenario\": \"login\"}}")
                .refused(403);
    }

    private static String gateway(String plugin) {
        return "/api/v1/gateway/plugin/" + plugin;
    }

    @Test
    void actionsAreCalledThroughTheGateway() {
        assertThat(user.send("POST", gateway("financial_business"), "{\"action\": \"accounts\"}")
                        .is(200)
                        .body())
                .isEqualTo("[]");
        user.send("POST", gateway("financial_business"), "{\"action\": \"account\", \"params\": {\"colour\": \"red\"}}")
                .refusedFor(400, "colour");
        user.send("POST", gateway("financial_business"), "{\"action\": \"nothing\"}")
                .refused(404);
        user.send("POST", gateway("nobody"), "{\"action\": \"accounts\"}").refused(404);
        user.send("POST", gateway("financial_business"), "{\"action\": \"open_account\", \"params\": {}}")
                .refused(403);
        stage.space()
                .anonymous()
                .send("POST", gateway("financial_business"), "{\"action\": \"accounts\"}")
                .refused(401);

        String order = "{\"action\": \"open_account\", \"params\": {\"owner_user_id\": \"%s\", \"currency\": \"USD\"}}"
                .formatted(person.id());
        Caller once = admin.once(UUID.randomUUID().toString());
        Answer first = once.send("POST", gateway("financial-business"), order).is(201);
        Answer again = once.send("POST", gateway("financial-business"), order).is(201);
        assertThat(again.text("account_id")).isEqualTo(first.text("account_id"));
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(user.get(Business.PATH + "/accounts").is(200).json()).hasSize(1);
        assertThat(first.body().toLowerCase(Locale.ROOT)).contains("\"currency\":\"usd\"");
    }
}
