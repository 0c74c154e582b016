package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.launcher.Instance;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one database deliver events to an installed plugin, and one of them is killed again and again: the plugin counts each
 * committed event once.
 */
@OwnServers
class EventRelayIT {

    private static final String NOTICES = "/api/plugins/notice_board/notices";
    private static final int CLIENTS = 4;
    private static final int KILLS = 2;
    private static final int POSTED_BETWEEN = 25;

    /** The lease of a node that died, and what there is to deliver, with room for a busy machine. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

    private static final Duration PHASE_LIMIT = Duration.ofMinutes(2);

    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void eachCommittedEventIsProcessedOnceHoweverOftenANodeIsKilled() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"));
                Node one = node(folder.resolve("one"), stores).started();
                Node other = node(folder.resolve("other"), stores).started()) {
            run(List.of(one, other));
            one.close();
            other.close();
            noCallFailed(folder);
        } finally {
            Stage.clear(folder);
        }
    }

    /** Also not while the nodes stopped. */
    private static void noCallFailed(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path log :
                    files.filter(file -> file.endsWith("logs/server.log")).toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    assertThat(lines.filter(line -> line.contains("A call failed")))
                            .as("failed calls in %s", log)
                            .isEmpty();
                }
            }
        }
    }

    private static Node node(Path home, Stores stores) {
        Map<String, String> settings = Stage.settings(home);
        settings.putAll(stores.settings());
        settings.put("SPACE_ACCESS_TOKEN_SECONDS", "3600");
        return new Node(Instance.of(settings), Stage.KIND);
    }

    private void run(List<Node> nodes) throws Exception {
        Database database = nodes.get(0).database();
        Fixtures fixtures = new Fixtures(database);
        UUID org = fixtures.organization();
        Caller admin = nodes.get(0).space().as(fixtures.admin(org));
        new ControlCenter(admin).run(PluginZip.example()).is(200);
        for (Node node : nodes) {
            Patience.within(
                    PHASE_LIMIT, () -> admin.on(node.space()).get(NOTICES).is(200));
        }
        Random moments = new Random(20261130);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(
                        client(admin.on(nodes.get(i % nodes.size()).space()))));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMore();
                TimeUnit.MILLISECONDS.sleep(moments.nextInt(500));
                Node victim = nodes.get(kill % nodes.size());
                victim.kill();
                // The other one goes on alone.
                awaitMore();
                Patience.within(TAKEN_OVER, () -> assertThat(lag(database)).isLessThan(POSTED_BETWEEN));
                victim.started();
            }
            over.set(true);
            for (Future<Void> client : clients) {
                client.get(2, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        long committed =
                database.count("select count(*) from core.events where org_id = ? and type = 'notice_posted'", org);
        assertThat(committed).isGreaterThanOrEqualTo(posted.get());
        Patience.within(TAKEN_OVER, () -> assertThat(admin.get("/api/plugins/notice_board/activity")
                        .is(200)
                        .json()
                        .path("posted")
                        .asLong())
                .isEqualTo(committed));
        assertThat(lag(database)).isZero();
        assertThat(database.count("select count(*) from core.event_backlog")).isZero();
        System.out.printf("%d events delivered over %d kills%n", committed, KILLS);

        removedPluginsAreForgotten(admin, database);
    }

    /** The number of events without a position, or after the plugin's position. */
    private static long lag(Database database) {
        return database.count("select (select count(*) from core.event_queue)"
                + " + (select h.position - s.position from core.event_log_head h, core.event_subscribers s"
                + " where s.name = 'plugin:notice_board')");
    }

    private Callable<Void> client(Caller caller) {
        return () -> {
            while (!over.get()) {
                String body = "{\"title\": \"%s\", \"text\": \"Text\"}".formatted(UUID.randomUUID());
                try {
                    Answer answer = caller.trySend("POST", NOTICES, BodyPublishers.ofString(body), "application/json");
                    if (answer.status() == 201) {
                        posted.incrementAndGet();
                    }
                } catch (IOException e) {
                    // The node was killed, or is not back yet.
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return null;
        };
    }

    private void awaitMore() {
        int before = posted.get();
        Patience.within(PHASE_LIMIT, () -> assertThat(posted.get()).isGreaterThan(before + POSTED_BETWEEN));
    }

    private static void removedPluginsAreForgotten(Caller admin, Database database) {
        new ControlCenter(admin).uninstall("notice_board", "purge").is(200);
        assertThat(database.count("select count(*) from core.event_subscribers where name = 'plugin:notice_board'"))
                .isZero();
    }
}
