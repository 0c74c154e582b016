package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** Who is in a channel, on a real Redis that refuses now and then. */
class PresenceTest {

    private static final UUID ORG = new UUID(0, 1);
    private static final UUID ADA = new UUID(0, 2);
    private static final UUID BOB = new UUID(0, 3);
    private static final String CHANNEL = "c";
    private static final String KEY = "space:hub:presence:" + ORG + ':' + CHANNEL;

    private static TestRedis server;

    private JedisPooled direct;
    private Presence here;
    private Presence there;

    @BeforeAll
    static void start() throws Exception {
        server = new TestRedis();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void twoNodes() {
        direct = new JedisPooled("127.0.0.1", server.port());
        direct.flushAll();
        here = new Presence(server.connect(), "here");
        there = new Presence(server.connect(), "there");
        here.renew();
        there.renew();
    }

    @AfterEach
    void disconnect() {
        direct.close();
    }

    /** Lets Redis refuse what is said of the channel meanwhile. */
    private void unheard(Runnable call) {
        boolean existed = direct.exists(KEY);
        if (existed) {
            direct.rename(KEY, KEY + ":aside");
        }
        direct.set(KEY, "no set");
        call.run();
        direct.del(KEY);
        if (existed) {
            direct.rename(KEY + ":aside", KEY);
        }
    }

    /** Repairs until Redis, which is not asked for a second after a failure, has who is there. */
    private void repaired(Set<UUID> usersHere, UUID... everywhere) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        AtomicReference<Set<UUID>> seen = new AtomicReference<>();
        do {
            here.renew();
            there.renew();
            here.repair((orgId, channelId) -> usersHere);
            there.who(ORG, CHANNEL).ifPresent(seen::set);
            Thread.onSpinWait();
        } while (!Set.of(everywhere).equals(seen.get()) && System.nanoTime() - end < 0);
        assertThat(seen.get()).containsExactlyInAnyOrder(everywhere);
    }

    @Test
    void whoCameUnheardIsSaidAgain() {
        there.enter(ORG, CHANNEL, List.of(BOB));
        unheard(() -> here.enter(ORG, CHANNEL, List.of(ADA)));
        repaired(Set.of(ADA), ADA, BOB);
        assertThat(direct.ttl(KEY)).isPositive();
    }

    /** Also of a channel that nobody of this node is in any more. */
    @Test
    void whoLeftUnheardIsNoGhost() {
        here.enter(ORG, CHANNEL, List.of(ADA, BOB));
        there.enter(ORG, CHANNEL, List.of(BOB));
        unheard(() -> here.leave(ORG, CHANNEL, ADA));
        repaired(Set.of(), BOB);
        assertThat(direct.smembers(KEY)).containsExactly("there|" + BOB);
    }

    @Test
    void whatIsSaidAgainReplacesWhatWasSaid() {
        here.enter(ORG, CHANNEL, List.of(ADA));
        here.markOutdated(ORG, CHANNEL);
        repaired(Set.of(BOB), BOB);
    }
}
