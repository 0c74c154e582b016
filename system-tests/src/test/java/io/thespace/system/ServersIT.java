package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.thespace.configuration.Key.ServerKind;
import io.thespace.launcher.Instance;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.EventsPage;
import io.thespace.system.browser.Tab;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same EAR on Payara Server, and the flat WAR on Payara Micro, as {@code deploy.sh} starts them: money moves, what
 * the server itself refuses is refused in the platform's words, conversations are measured by either path, and events arrive in
 * the dashboard. Each runs beside
 * the shared stage, on stores of its own: the two know nothing of each other.
 */
@OwnServers
class ServersIT {

    @ParameterizedTest
    @EnumSource(
            value = ServerKind.class,
            names = {"PAYARA", "MICRO"})
    void moneyMoves(ServerKind kind) throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"))) {
            Map<String, String> settings = Stage.settings(folder.resolve("node"));
            settings.putAll(stores.settings());
            Instance instance = Instance.of(settings);
            try (Node node = new Node(instance, kind).started()) {
                Listening.onConfiguredPortsOnly(instance, kind == ServerKind.PAYARA);
                moneyMoves(node.space(), new Fixtures(node.database()));
                refusalsHaveTheirBody(node.space());
                conversationsAreMeasured(node.space(), new Fixtures(node.database()));
                workflowsRun(node.space(), new Fixtures(node.database()));
                if (Chromium.isInstalled()) {
                    eventsArriveInTheDashboard(node.space(), new Fixtures(node.database()));
                }
                instancesKnowNothingOfEachOther(Stage.shared(), node.space());
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private static void instancesKnowNothingOfEachOther(Stage stage, Space there) {
        Lock running = Stage.keepRunning();
        try {
            strangersAreRefused(stage, there);
        } finally {
            running.unlock();
        }
    }

    private static void strangersAreRefused(Stage stage, Space there) {
        Person person = stage.fixtures().admin(stage.fixtures().organization());
        Space here = stage.space();
        there.login(person.email(), Fixtures.PASSWORD).refused(401);
        here.as(person).on(there).get("/api/auth/me").refused(401);
        there.signIn(Stage.ADMIN, Fixtures.PASSWORD)
                .on(here)
                .get("/api/auth/me")
                .refused(401);
        here.as(person).get("/api/auth/me").is(200);
    }

    private static void eventsArriveInTheDashboard(Space space, Fixtures fixtures) {
        Person admin = fixtures.admin(fixtures.organization());
        try (Chromium chromium = Chromium.start();
                Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            EventsPage events =
                    tab.signIn(admin.email(), Fixtures.PASSWORD).events().live();
            new Business(space.as(admin)).open(admin, "USD", "10.00");

            events.shows("funds_deposited");
            assertThat(tab.problems()).isEmpty();
        }
    }

    private static void conversationsAreMeasured(Space space, Fixtures fixtures) {
        Caller caller = space.as(fixtures.user(fixtures.organization()));
        String session = caller.post("/services/mirrorcore/sessions", "title", "First")
                .is(201)
                .text("session_id");
        String path = "/api/plugins/mirrorcore/sessions/" + session;
        caller.post(path + "/turns", "speaker", "Alice", "text", "The cat sat on the mat.")
                .is(201);

        assertThat(caller.call("POST", path + "/complete").is(200).json().at("/measures/flesch_reading_ease"))
                .hasToString("116.145");
        assertThat(caller.get("/services/mirrorcore/health").is(200).text("status"))
                .isEqualTo("ok");
    }

    /** A run publishes an event, which starts the run of another workflow. */
    private static void workflowsRun(Space space, Fixtures fixtures) {
        Caller caller = space.as(fixtures.admin(fixtures.organization()));
        String documents =
                """
                document: {dsl: 1.0.3, namespace: smoke, name: second, version: 1.0.0}
                schedule: {on: {one: {with: {type: first_done}}}}
                do:
                  - took: {set: {amount: '${ .[0].data.amount + 1 }'}}
                ---
                document: {dsl: 1.0.3, namespace: smoke, name: first, version: 1.0.0}
                do:
                  - tell: {emit: {event: {with: {type: first_done, data: {amount: '${ .amount }'}}}}}
                """;
        for (String document : documents.split("---\n", -1)) {
            caller.send("POST", "/api/system/workflows", BodyPublishers.ofString(document), "application/yaml")
                    .is(201);
        }
        caller.send("POST", "/api/system/workflows/first/runs", "{\"input\": {\"amount\": 41}}")
                .is(202);

        Patience.within(Duration.ofSeconds(60), () -> assertThat(
                        caller.get("/api/system/runs?workflow_id=second&state=completed")
                                .is(200)
                                .json()
                                .at("/items/0/output/amount")
                                .asInt())
                .isEqualTo(42));
    }

    private static void moneyMoves(Space space, Fixtures fixtures) {
        assertThat(space.anonymous().get("/api/ready").is(200).text("status")).isEqualTo("ok");
        UUID org = fixtures.organization();
        Person person = fixtures.admin(org);
        Caller caller = space.as(person);
        Business business = new Business(caller);
        String from = business.open(person, "USD", "100");
        String to = business.open(person, "USD");

        Answer moved = Business.transfer(caller.once("smoke"), from, to, "25.50", "USD")
                .is(200);

        assertThat(Business.transfer(caller.once("smoke"), from, to, "25.50", "USD")
                        .is(200)
                        .body())
                .isEqualTo(moved.body());
        assertThat(Business.balance(caller, from)).isEqualTo("74.50");
        assertThat(Business.balance(caller, to)).isEqualTo("25.50");
        assertThat(caller.get("/api/control-center/events?type=funds_transferred")
                        .is(200)
                        .get("items")
                        .findValuesAsText("subject"))
                .containsExactly(moved.text("transaction_id"));
        Business.transfer(caller, from, to, "100", "USD").refused(400);
        business.isClean();
        assertThat(space.signIn(Stage.ADMIN, Fixtures.PASSWORD)
                        .get("/api/plugins")
                        .is(200)
                        .json())
                .extracting(plugin ->
                        plugin.path("id").asText() + " " + plugin.path("state").asText())
                .containsExactlyInAnyOrder(
                        "financial_business enabled", "human_simulator enabled", "mirrorcore enabled");
        space.anonymous().get("/api/openapi").is(200);
        space.anonymous().get("/api/docs").is(200);
    }

    private static void refusalsHaveTheirBody(Space space) {
        Caller nobody = space.anonymous();
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            nobody.call(method, "/nothing").refused(404);
            nobody.call(method, "/api/nothing").refused(404);
        }
        nobody.get("/index.html").refused(404);
        nobody.get("/assets/").refused(404);
        nobody.get("/WEB-INF/web.xml").refused(404);
        assertThat(nobody.call("DELETE", "/api/health").header("Allow")).contains("GET, HEAD, OPTIONS");
        nobody.call("DELETE", "/api/health").refused(405);
        nobody.get("/api/auth/me").refused(401);
        nobody.withToken("x").get("/api/auth/me").refused(401);
        nobody.send("POST", "/api/auth/login", "{").refused(400);
        nobody.send("POST", "/api/auth/login", "{\"emial\": 1}").refusedFor(400, "emial");
        nobody.send("POST", "/api/auth/login", BodyPublishers.ofString("x"), "text/plain")
                .refused(415);
        nobody.send("POST", "/api/auth/login", "x".repeat((1 << 20) + 1)).refused(413);
        nobody.with("Accept", "text/html").get("/api/health").refused(406);
        Answer trace = Wire.request(space, "TRACE /api/health", "X-Secret: whispered");
        assertThat(trace.status()).isIn(405, 501);
        assertThat(trace.leaksNothing().body()).doesNotContain("whispered");
        for (String path :
                new String[] {"/..%2f..%2fetc%2fpasswd", "/api/%00", "/WEB-INF%2fweb.xml", "/web-inf/web.xml"}) {
            Answer answer = Wire.request(space, "GET " + path);
            assertThat(answer.status()).as("%s", answer).isIn(400, 404);
            answer.leaksNothing();
        }
        Wire.request(space, "GET /api/%zz").refused(400);
        Answer huge = Wire.request(space, "GET /api/health", "X-Huge: " + "x".repeat(200_000));
        huge.refused(huge.status() == 431 ? 431 : 400);
    }
}
