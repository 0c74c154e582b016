package io.thespace.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.IdentityError;
import io.thespace.identity.signin.LoginThrottle.Attempt;
import io.thespace.limit.CallerNetwork;
import io.thespace.plugin.api.Rejection;
import io.thespace.privacy.PersonSpellings;
import io.thespace.redis.Redis;
import io.thespace.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class LoginThrottleTest {

    @Test
    void tenFailuresAreOnePerAccountWhileRedisIsAway() {
        tenFailures(new LoginThrottle(new Redis(Optional.empty())));
    }

    @Test
    void aRedisThatDoesNotAnswerIsDoneWithout() throws Exception {
        TestRedis stopped = new TestRedis();
        stopped.close();
        Redis redis = stopped.connect();
        assertThat(redis.answers()).isFalse();
        tenFailures(new LoginThrottle(redis));
    }

    @Test
    void nodesCountTogether() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            LoginThrottle here = new LoginThrottle(redis.connect());
            LoginThrottle there = new LoginThrottle(redis.connect());
            for (int i = 0; i < 5; i++) {
                here.begin("a@example.org", null).end(true);
                there.begin("a@example.org", null).end(true);
            }
            refused(here, "a@example.org", null);
            refused(there, "a@example.org", null);
            tenFailures(there);
        }
    }

    /** Ten guesses at each of 50 accounts, in random spellings of its address. */
    @Test
    void redisCountsAllSpellingsOfAnAddressAsOneAccount() throws Exception {
        long seed = System.nanoTime();
        PersonSpellings spellings = new PersonSpellings(seed);
        try (TestRedis redis = new TestRedis();
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            LoginThrottle throttle = new LoginThrottle(redis.connect());
            List<String> addresses = IntStream.iterate(0, i -> i + 1)
                    .mapToObj(PersonSpellings::identifier)
                    .filter(identifier -> identifier.contains("@"))
                    .limit(50)
                    .toList();
            for (String address : addresses) {
                for (int i = 0; i < 10; i++) {
                    throttle.begin(spellings.spelling(address), null).end(true);
                }
            }
            for (String address : addresses) {
                String spelling = spellings.spelling(address);
                assertThatThrownBy(() -> throttle.begin(spelling, null))
                        .as("seed %d, %s as %s", seed, address, spelling)
                        .isInstanceOfSatisfying(
                                Rejection.class, e -> assertThat(e.code()).isEqualTo(IdentityError.TOO_MANY_ATTEMPTS));
            }
            // Digests: nobody can read out of Redis whose accounts they are.
            assertThat(jedis.keys("*"))
                    .hasSize(addresses.size())
                    .allMatch(key -> key.matches("space:sign-in:account:[A-Za-z0-9_-]{43}=?"));
        }
    }

    @Test
    void parallelGuessesDoNotOutrunTheCount() throws Exception {
        LoginThrottle throttle = new LoginThrottle(new Redis(Optional.empty()));
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        for (int i = 0; i < 200; i++) {
            pool.execute(() -> {
                try {
                    throttle.begin("a@example.org", null).end(true);
                    admitted.incrementAndGet();
                } catch (Rejection e) {
                    refused.incrementAndGet();
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(admitted).hasValue(10);
        assertThat(refused).hasValue(190);
    }

    @Test
    void anyNumberMaySignInAtOnceFromOneAddress() throws Exception {
        // Twenty passwords are hashed one after the other: how long that takes is the machine's affair.
        LoginThrottle throttle = new LoginThrottle(new Redis(Optional.empty()), Duration.ofMinutes(2));
        for (int i = 0; i < 9; i++) {
            throttle.begin("clumsy@example.org", "192.0.2.1").end(true);
        }
        Passwords passwords = new Passwords();
        List<Callable<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String account = "user" + i + "@example.org";
            users.add(() -> {
                Attempt attempt = throttle.begin(account, "192.0.2.1");
                passwords.matches("a password", null);
                attempt.end(false);
                return true;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(32);
        try {
            for (Future<Boolean> user : pool.invokeAll(users)) {
                assertThat(user.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whoWaitsTooLongForOthersIsToldToComeBack() {
        LoginThrottle throttle = new LoginThrottle(new Redis(Optional.empty()), Duration.ofMillis(20));
        for (int i = 0; i < 10; i++) {
            throttle.begin("a@example.org", null);
        }
        assertThatThrownBy(() -> throttle.begin("a@example.org", null))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(IdentityError.TOO_BUSY));
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneAddress() {
        assertThat(CallerNetwork.of("2001:db8:1:2::1")).isEqualTo(CallerNetwork.of("2001:db8:1:2:3:4:5:6"));
        assertThat(CallerNetwork.of("2001:db8:1:2::1")).isNotEqualTo(CallerNetwork.of("2001:db8:1:3::1"));
        assertThat(CallerNetwork.of("192.0.2.7")).isEqualTo("192.0.2.7");
    }

    private static void tenFailures(LoginThrottle throttle) {
        for (int i = 0; i < 10; i++) {
            throttle.begin("b@example.org", "192.0.2.1").end(true);
        }
        refused(throttle, "b@example.org", "192.0.2.2");
        refused(throttle, "c@example.org", "192.0.2.1");
        // Rejected attempts do not count: this address and this account have all their attempts left.
        for (int i = 0; i < 20; i++) {
            throttle.begin("c@example.org", "192.0.2.2").end(false);
        }
    }

    private static void refused(LoginThrottle throttle, String account, String address) {
        assertThatThrownBy(() -> throttle.begin(account, address)).isInstanceOfSatisfying(Rejection.class, e -> {
            assertThat(e.code()).isEqualTo(IdentityError.TOO_MANY_ATTEMPTS);
            assertThat(e.retryAfter())
                    .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15).plusSeconds(1));
        });
    }
}
