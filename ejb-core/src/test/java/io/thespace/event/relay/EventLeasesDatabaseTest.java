package io.thespace.event.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases of nodes that are slow, lose the database or are killed. */
class EventLeasesDatabaseTest extends RelayCase {

    private static final int KILLS = 50;
    private static final int PUBLISHERS = 4;
    private static final int MAX_TRANSACTIONS = 60;

    private static void leasesAreOver() throws SQLException {
        database.sql("update core.event_subscribers set leased_until = now() - interval '1 second'");
    }

    @Test
    void aNodeThatLostItsLeaseChangesNothing() throws Exception {
        Node slow = new Node();
        publish("a", 1);
        slow.deliveries.sequence(10);
        Deliveries.Lease old = slow.deliveries.claim("test", Pump.LEASE).orElseThrow();
        Deliveries.Next next =
                slow.deliveries.next(old, Pump.LEASE, slow.interests(), 10, 10).get(0);
        assertThat(new Node().deliveries.claim("test", Pump.LEASE)).isEmpty();
        leasesAreOver();
        new Node().work();

        assertThatThrownBy(() -> slow.deliver(new Delivery(
                        slow.deliveries,
                        old,
                        next.position(),
                        org,
                        slow.deliveries.find(org, next.eventId()).orElseThrow())))
                .matches(Deliveries::lost);
        assertThatThrownBy(() -> slow.deliveries.failed(old, next, "x", null)).matches(Deliveries::lost);
        slow.deliveries.release(old);

        assertThat(effects()).containsExactly("a1");
        assertThat(query("select * from core.event_backlog")).isEmpty();
    }

    /** A lease that could not be given back runs out, although the node lives on and looks after its leases. */
    @Test
    void deliveriesGoOnAfterAnOutageOfTheDatabase() throws Exception {
        Node node = new Node();
        node.outage = "1";
        publish("a", 1);
        node.work();
        assertThat(effects()).isEmpty();

        node.cutOff = false;
        long limit = System.nanoTime() + Pump.LEASE.multipliedBy(3).toNanos();
        while (!query("select 1 from core.event_subscribers where leased_until > now()")
                .isEmpty()) {
            node.pump.renew();
            assertThat(System.nanoTime()).as("the lease runs out").isLessThan(limit);
        }
        publish("b", 2);
        new Node().work();

        assertThat(effects()).containsExactly("a1", "b2");
    }

    /** As when a handler that ran out of its time ends after all. */
    @Test
    void anEventIsSettledOnce() throws Exception {
        Node node = new Node();
        publish("a", 1);
        node.deliveries.sequence(10);
        Deliveries.Lease lease = node.deliveries.claim("test", Pump.LEASE).orElseThrow();
        long position = node.deliveries
                .next(lease, Pump.LEASE, node.interests(), 10, 10)
                .get(0)
                .position();

        node.deliveries.delivered(lease, position, org);

        assertThatThrownBy(() -> node.deliveries.delivered(lease, position, org))
                .hasStackTraceContaining("was settled before");
    }

    /** Two nodes deliver, and are killed at any of their transactions, while events of few subjects are written and rolled back. */
    @Test
    void nothingIsLostOrDoubledHoweverOftenNodesAreKilled() throws Exception {
        Random random = new Random(20261130);
        AtomicBoolean over = new AtomicBoolean();
        Map<String, AtomicInteger> committed = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + 2);
        try {
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                String subject = "s" + i + "-";
                long seed = random.nextLong();
                publishers.add(threads.submit(() -> {
                    publishUntil(over, new Random(seed), subject, committed);
                    return null;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Node one = new Node();
                Node other = new Node();
                one.untilDeath.set(1 + random.nextInt(40));
                other.untilDeath.set(1 + random.nextInt(40));
                Future<?> killed = threads.submit(() -> workUntilDeath(one));
                workUntilDeath(other);
                killed.get(1, TimeUnit.MINUTES);
                leasesAreOver();
            }
            over.set(true);
            for (Future<?> publisher : publishers) {
                publisher.get(1, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        leasesAreOver();
        attemptsAreDue();
        new Node().work();

        Map<String, List<Integer>> delivered = new ConcurrentHashMap<>();
        for (String effect : effects()) {
            String[] parts = effect.split("-", 2);
            delivered
                    .computeIfAbsent(parts[0] + "-", subject -> new ArrayList<>())
                    .add(Integer.parseInt(parts[1]));
        }
        assertThat(delivered)
                .isEqualTo(committed.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> IntStream.range(
                                        0, entry.getValue().get())
                                .boxed()
                                .toList())));
    }

    private static void workUntilDeath(Node node) {
        try {
            while (node.untilDeath.get() > 0) {
                node.work();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("Killed");
        }
    }

    private void publishUntil(AtomicBoolean over, Random random, String subject, Map<String, AtomicInteger> committed)
            throws SQLException {
        AtomicInteger next = committed.computeIfAbsent(subject, s -> new AtomicInteger());
        for (int written = 0; written < MAX_TRANSACTIONS && !over.get(); written++) {
            try (Connection connection = transaction(org)) {
                int count = 1 + random.nextInt(3);
                for (int i = 0; i < count; i++) {
                    write(connection, TYPE, subject, next.get() + i);
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    next.addAndGet(count);
                }
            }
            if (random.nextInt(20) == 0) {
                // Another node takes over in the middle of a delivery.
                leasesAreOver();
            }
        }
    }
}
