package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.launcher.Instance;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The server is killed five times, and PostgreSQL twice, while 32 clients move money and two plugins are installed, upgraded and
 * removed: no money is lost, made or moved twice, and each plugin comes to rest in a documented state, ten times in all.
 */
@OwnServers
class CrashIT {

    private static final int CLIENTS = 32;
    private static final int ACCOUNTS = 8;
    private static final int KILLS = 5;
    /** The number of transfers to be acknowledged between two kills, so that each kill hits work in progress. */
    private static final int ACKNOWLEDGED_BETWEEN = 40;

    /** The kills hit the plugins' changes at any moment. */
    private static final int LONGEST_WAIT_MILLIS = 4_000;

    private static final Duration PHASE_LIMIT = Duration.ofMinutes(2);

    /** A transfer that was answered: with this key, this transaction. */
    private record Acknowledged(String key, String transactionId) {}

    private final ConcurrentLinkedQueue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    /** What the server itself answered while the product was not deployed to it yet, and how often. */
    private final Map<Integer, Integer> early = new ConcurrentSkipListMap<>();

    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noAcknowledgedTransferIsLostOrDoneTwiceAndPluginsComeToRest() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"))) {
            Map<String, String> settings = Stage.settings(folder.resolve("node"));
            settings.putAll(stores.settings());
            // Signing in again would be one more thing that fails while the server is away.
            settings.put("SPACE_ACCESS_TOKEN_SECONDS", "3600");
            try (Node node = new Node(Instance.of(settings), Stage.KIND).started()) {
                crash(node, stores);
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private void crash(Node node, Stores stores) throws Exception {
        Fixtures fixtures = new Fixtures(node.database());
        UUID org = fixtures.organization();
        Person person = fixtures.admin(org);
        Caller caller = node.space().as(person);
        Business business = new Business(caller);
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(business.open(person, "USD", "1000"));
        }
        List<PluginChanges> changes = List.of(
                new PluginChanges(
                        caller, "notice_board", PluginZip.example(), "/api/plugins/notice_board/notices", 200),
                new PluginChanges(
                        caller, "failing_plugin", PluginZip.failing(), "/api/plugins/failing_plugin/none", 405));
        Random moments = new Random(20261122);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(client(new Random(i), caller, accounts)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                changes.forEach(PluginChanges::begin);
                awaitMoreTransfers(clients);
                TimeUnit.MILLISECONDS.sleep(moments.nextInt(LONGEST_WAIT_MILLIS));
                serving.set(false);
                node.kill();
                for (PluginChanges change : changes) {
                    change.end();
                }
                if (kill == KILLS / 2 + 1) {
                    stores.postgres().kill();
                    stores.postgres().start();
                }
                node.started();
                serving.set(true);
                changes.forEach(change -> change.areConsistent(node.database()));
            }
            awaitMoreTransfers(clients);
            // Also PostgreSQL alone, under a server that stays.
            stores.postgres().kill();
            stores.postgres().start();
            awaitMoreTransfers(clients);
            over.set(true);
            for (Future<Void> client : clients) {
                client.get(2, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        System.out.printf(
                "%d transfers acknowledged, %d refused, %d times no answer or an outage, of these by the server itself %s%n",
                acknowledged.size(), refused.get(), unanswered.get(), early);
        assertThat(unanswered).as("the kills hit somebody").hasPositiveValue();
        Patience.within(PHASE_LIMIT, business::isClean);
        assertThat(business.total("USD"))
                .isEqualByComparingTo(BigDecimal.valueOf(1000).multiply(BigDecimal.valueOf(ACCOUNTS)));
        List<String> there = node.database()
                .query(
                        "select id::text from financial_business.transaction where org_id = ? and kind = 'transfer'",
                        org);
        List<String> told =
                acknowledged.stream().map(Acknowledged::transactionId).toList();
        // Each key was acknowledged until it was answered, so what was told and what is there are the same set.
        assertThat(told).doesNotHaveDuplicates();
        assertThat(there).containsExactlyInAnyOrderElementsOf(told);
        assertThat(node.database()
                        .query("select subject from core.events where org_id = ? and type = 'funds_transferred'", org))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    private Callable<Void> client(Random random, Caller caller, List<String> accounts) {
        return () -> {
            while (!over.get()) {
                int from = random.nextInt(accounts.size());
                int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
                String amount =
                        BigDecimal.valueOf(1 + random.nextInt(50_000), 2).toPlainString();
                String body = Business.order(accounts.get(from), accounts.get(to), amount, "USD");
                insist(caller, "key-" + UUID.randomUUID(), body);
            }
            return null;
        };
    }

    /** Sends the same request with the same key until it is answered. */
    private void insist(Caller caller, String key, String body) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                boolean served = serving.get();
                Answer answer = caller.once(key)
                        .trySend(
                                "POST", Business.PATH + "/transfer", BodyPublishers.ofString(body), "application/json");
                if (answer.header("X-Request-Id").isEmpty()) {
                    isEarly(answer, served && serving.get());
                } else if (answer.succeeded()) {
                    acknowledged.add(new Acknowledged(key, answer.text("transaction_id")));
                    return;
                } else if (answer.status() == 400) {
                    assertThat(answer.refused(400)).contains("is needed");
                    refused.incrementAndGet();
                    return;
                } else {
                    // The first attempt is still running, or PostgreSQL is away.
                    assertThat(answer.status()).as("%s", answer).isIn(409, 503);
                    answer.refused(answer.status());
                }
            } catch (IOException e) {
                // Nobody is there, or died in the middle: what became of it is not known, so it is sent again.
            }
            unanswered.incrementAndGet();
            Thread.sleep(250);
        }
        throw new AssertionError("No answer within 5 minutes for " + body);
    }

    /** Asserts that a server which answers in the product's place does so only until the product is deployed, and in its form. */
    private void isEarly(Answer answer, boolean served) {
        assertThat(served).as("the product serves, and yet%n%s", answer).isFalse();
        answer.is(503);
        assertThat(answer.header("Retry-After")).as("%s", answer).isPresent();
        assertThat(answer.get("code").asInt()).as("%s", answer).isEqualTo(503);
        early.merge(answer.status(), 1, Integer::sum);
    }

    private void awaitMoreTransfers(List<Future<Void>> clients) throws Exception {
        int before = acknowledged.size();
        Patience.within(PHASE_LIMIT, () -> {
            // Before the end a client is done only when it failed: then no more transfers are to be waited for.
            if (clients.stream().noneMatch(Future::isDone)) {
                assertThat(acknowledged.size()).isGreaterThan(before + ACKNOWLEDGED_BETWEEN);
            }
        });
        for (Future<Void> client : clients) {
            if (client.isDone()) {
                client.get();
            }
        }
    }
}
