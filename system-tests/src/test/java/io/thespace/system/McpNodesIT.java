package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Two nodes behind a proxy that sends each request to the next one: any node answers any request of an MCP client, and a client
 * goes on when a node is killed and started again.
 */
@OwnServers
class McpNodesIT {

    /** The minimum of calls of each client; {@code -Dspace.mcp.calls=1000} makes more. */
    private static final int CALLS = Integer.getInteger("space.mcp.calls", 200);

    /** The maximum time for a change on one node to be visible on the other, with a margin for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(15);

    /** A node that is told of a plugin has to start it first. */
    private static final Duration STARTED = Duration.ofSeconds(20);

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NONE = "failing_plugin-none";

    @Test
    void twoNodesAreOneServer() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"));
                Node one = node(folder.resolve("one"), stores).start();
                Node other = node(folder.resolve("other"), stores).start()) {
            Space here = one.ready().space();
            Space there = other.ready().space();
            try (RoundRobinProxy proxy = new RoundRobinProxy(here, there)) {
                Fixtures fixtures = new Fixtures(one.database());
                UUID org = fixtures.organization();
                Caller admin = here.as(fixtures.admin(org));
                Person person = fixtures.user(org);

                sessionsAreTheirUsers(fixtures, org, proxy.space(), List.of(here, there));
                streamsEndWithTheirCallers(fixtures, org, here, there);
                toolsComeAndGoOnBoth(admin, there);
                modelsAreOnBoth(admin, admin.on(there));
                callsGoOn(admin, person, proxy, other, here, there);
            }
        } finally {
            Stage.clear(folder);
        }
    }

    /** Another user's session answers as none, on either node. */
    private static void sessionsAreTheirUsers(Fixtures fixtures, UUID org, Space space, List<Space> nodes) {
        McpClient.Session bobs = (McpClient.Session) McpClient.session(space.as(fixtures.user(org)), "2025-11-25");
        Caller alice = space.as(fixtures.user(org)).with("Mcp-Session-Id", bobs.id());
        String ping = McpClient.request("ping", Json.MAPPER.createObjectNode());
        for (Space node : nodes) {
            McpClient.send(alice.on(node), ping).refused(404);
            alice.on(node).call("DELETE", McpClient.PATH).refused(404);
            McpClient.send(bobs.caller.on(node), ping).is(200);
        }
        // A session that was ended on one node has ended on the other.
        bobs.caller.on(nodes.get(0)).call("DELETE", McpClient.PATH).is(204);
        McpClient.send(bobs.caller.on(nodes.get(1)), ping).refused(404);
    }

    /** What ends a caller's access on one node ends the caller's streams of changes on the other. */
    private static void streamsEndWithTheirCallers(Fixtures fixtures, UUID org, Space here, Space there) {
        Caller owner = here.as(fixtures.member(org, "owner"));
        Caller leaving = here.as(fixtures.user(org));
        streamsEnd(leaving.on(there), () -> leaving.call("POST", "/api/auth/logout")
                .is(204));
        Person suspended = fixtures.user(org);
        streamsEnd(there.as(suspended), () -> owner.send(
                        "PATCH", "/management/v1/users/" + suspended.id(), "{\"status\": \"suspended\"}")
                .is(200));
    }

    private static void streamsEnd(Caller caller, Runnable change) {
        try (McpStream session =
                        new McpStream(McpClient.session(caller, "2025-11-25").changes());
                McpStream stateless = new McpStream(McpClient.stateless(caller).changes())) {
            change.run();
            for (McpStream stream : List.of(session, stateless)) {
                while (!stream.next().isMissingNode()) {
                    // What the client was sent before.
                }
            }
        }
    }

    /** A tool of a plugin that is installed on one node is called on the other, also by the MCP Inspector; once disabled, on neither. */
    private static void toolsComeAndGoOnBoth(Caller here, Space other) throws Exception {
        Caller there = here.on(other);
        ControlCenter center = new ControlCenter(here);
        List<McpClient> clients = new ArrayList<>();
        for (Caller caller : List.of(here, there)) {
            clients.add(McpClient.session(caller, "2025-11-25"));
            clients.add(McpClient.stateless(caller));
        }
        center.run(PluginZip.failing()).is(200);
        for (McpClient client : clients) {
            Patience.within(STARTED, () -> client.structured(NONE));
            assertThat(client.names()).contains(NONE);
        }
        if (NodeTools.areInstalled()) {
            McpInspector inspector = new McpInspector(NodeTools.orSkip(), other, here.token());
            JsonNode answer = inspector.ask("tools/call", "--tool-name", NONE);
            assertThat(answer.path("isError").asBoolean()).as("%s", answer).isFalse();
        }

        center.disable("failing_plugin").is(200);

        for (McpClient client : clients) {
            Patience.within(SOON, () -> assertThat(
                            client.ask(NONE).json().at("/error/code").asInt())
                    .isEqualTo(-32602));
            assertThat(client.names()).doesNotContain(NONE);
        }
        center.clear("failing_plugin");
    }

    /** An ONNX model that was uploaded to one node runs on the other. */
    private static void modelsAreOnBoth(Caller here, Caller there) throws IOException {
        String models = "/api/mcp/models";
        new FormData("name", "linear", "kind", "onnx")
                .file("linear.onnx", OnnxModelsIT.model("linear.onnx"))
                .post(here, models)
                .is(201);
        Patience.within(SOON, () -> assertThat(
                        there.post(models + "/linear/predict", "inputs", Map.of("x", List.of(List.of(1, 1))))
                                .is(200)
                                .json()
                                .at("/outputs/y")
                                .toString())
                .isEqualTo("[[4.5,5.5]]"));
        here.call("DELETE", models + "/linear").is(204);
        Patience.within(SOON, () -> there.get(models + "/linear").refused(404));
    }

    /** Each call moves money once, whatever becomes of the node that it was sent to. */
    private static void callsGoOn(
            Caller admin, Person person, RoundRobinProxy proxy, Node victim, Space here, Space there) throws Exception {
        Caller user = proxy.space().as(person);
        List<Calls> clients = List.of(
                new Calls(admin, person, McpClient.session(user, "2025-06-18")),
                new Calls(admin, person, McpClient.session(user, "2025-11-25")),
                new Calls(admin, person, McpClient.stateless(user)));
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        AtomicBoolean enough = new AtomicBoolean();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Calls calls : clients) {
                running.add(threads.submit(() -> calls.until(enough)));
            }
            until(running, () -> clients.stream().allMatch(client -> client.done.get() >= CALLS / 4));
            victim.kill();
            until(running, () -> clients.stream().allMatch(client -> client.done.get() >= CALLS / 2));
            victim.started();
            int before = proxy.answered(there);
            until(
                    running,
                    () -> clients.stream().allMatch(client -> client.done.get() >= CALLS)
                            && proxy.answered(there) > before + CALLS / 10);
            enough.set(true);
            for (Future<?> one : running) {
                one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            enough.set(true);
            threads.shutdownNow();
        }
        assertThat(proxy.answered(here)).isGreaterThan(CALLS);
        for (Calls calls : clients) {
            calls.areRight(user.on(here));
        }
        new Business(admin).isClean();
    }

    /** Waits until enough is done; a client that gave up ends the test. */
    private static void until(List<Future<?>> running, BooleanSupplier reached) throws Exception {
        Patience.within(LIMIT, () -> assertThat(
                        reached.getAsBoolean() || running.stream().anyMatch(Future::isDone))
                .isTrue());
        for (Future<?> one : running) {
            if (one.isDone()) {
                one.get();
            }
        }
    }

    /** One client that moves a cent with each call, and sends a call again with its key when it got no answer. */
    private static final class Calls {

        private static final BigDecimal CENT = new BigDecimal("0.01");

        private final McpClient client;
        private final String from;
        private final String to;
        private final Set<String> transactions = ConcurrentHashMap.newKeySet();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        Calls(Caller admin, Person person, McpClient client) {
            Business business = new Business(admin);
            this.client = client;
            this.from = business.open(person, "USD", "100000");
            this.to = business.open(person, "USD");
        }

        void until(AtomicBoolean enough) {
            for (int call = 0; !enough.get(); call++) {
                JsonNode moved = moved(from + "-" + call);
                assertThat(transactions.add(moved.path("transaction_id").asText()))
                        .as("%s is an answer of its own", moved)
                        .isTrue();
                done.incrementAndGet();
            }
        }

        private JsonNode moved(String key) {
            for (int attempt = 0; ; attempt++) {
                try {
                    Answer answer = client.ask(
                            "financial_business-transfer",
                            "from_account_id",
                            from,
                            "to_account_id",
                            to,
                            "amount",
                            CENT,
                            "currency",
                            "USD",
                            "idempotency_key",
                            key);
                    if (answer.status() == 200) {
                        JsonNode result = answer.get("result");
                        assertThat(result.path("isError").asBoolean())
                                .as("%s", answer)
                                .isFalse();
                        assertThat(result.at("/structuredContent/success").asBoolean())
                                .as("%s", answer)
                                .isTrue();
                        return result.path("structuredContent");
                    }
                    assertThat(answer.status()).as("%s", answer).isIn(502, 503);
                    assertThat(answer.header("Retry-After")).as("%s", answer).isPresent();
                } catch (UncheckedIOException e) {
                    // The proxy's connection broke off with its node's.
                }
                // Until the database knows of the kill, the call is under way for the other node.
                if (attempt == 0) {
                    failed.incrementAndGet();
                }
            }
        }

        /** @param owner of the accounts */
        void areRight(Caller owner) {
            // A client has one call in flight, and one node is killed once.
            assertThat(failed.get()).as("failed calls").isLessThanOrEqualTo(1);
            assertThat(transactions).hasSize(done.get());
            assertThat(Business.balance(owner, to)).isEqualByComparingTo(CENT.multiply(BigDecimal.valueOf(done.get())));
        }
    }

    private static Node node(Path home, Stores stores) {
        Map<String, String> settings = Stage.settings(home);
        settings.putAll(stores.settings());
        settings.put(Key.ACCESS_TOKEN_SECONDS.name(), "3600");
        return new Node(Instance.of(settings), Stage.KIND);
    }
}
