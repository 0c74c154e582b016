package io.thespace.identity.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.thespace.identity.IdentityError;
import io.thespace.limit.CallerNetwork;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import redis.clients.jedis.UnifiedJedis;

/**
 * Allows 10 failed sign-ins in 15 minutes for each account and for each address, and as many wrong PINs for each invitation,
 * counted over all nodes by Redis; by each node for itself while Redis is away.
 *
 * <p>Every attempt is counted before its password is checked and given back when it succeeds, so that guesses made in
 * parallel cannot outrun the count.
 */
@ApplicationScoped
public class LoginThrottle {

    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final BucketConfiguration LIMIT = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(FAILURES)
                    .refillIntervally(FAILURES, WINDOW)
                    .build())
            .build();

    private final Redis redis;
    private final Duration patience;
    private final Cache<String, Bucket> local =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(WINDOW).build();
    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

    LoginThrottle() {
        this(null);
    }

    @Inject
    public LoginThrottle(Redis redis) {
        this(redis, PATIENCE);
    }

    /** @param patience how long an attempt waits for the outcome of concurrent ones */
    LoginThrottle(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /**
     * The scope in which guesses are counted together.
     *
     * @param what the kind of scope in words: account, address or invitation
     * @param who its identifier; need not exist
     */
    public record Guessed(String what, String who) {

        /** The account with an email address, in any spelling. */
        public static Guessed account(String email) {
            return new Guessed("account", PersonIdentifier.normalForm(email));
        }

        /** The network of a caller's address. */
        public static Guessed address(String address) {
            return new Guessed("address", CallerNetwork.of(address));
        }

        /** The invitation with a code. */
        public static Guessed invitation(String code) {
            return new Guessed("invitation", code);
        }
    }

    /** An attempt that is under way and counts as a failure until it ends as none. */
    public static final class Attempt {

        private final LoginThrottle throttle;
        private final List<Counted> counted = new ArrayList<>();

        private Attempt(LoginThrottle throttle) {
            this.throttle = throttle;
        }

        /** Ends the attempt; a wrong guess remains counted. */
        public void end(boolean wrong) {
            counted.forEach(one -> throttle.end(one, wrong));
            counted.clear();
        }
    }

    /**
     * A bucket in which an attempt was counted, if it had room.
     *
     * @param shared whether it is in Redis
     */
    private record Counted(String key, Bucket bucket, boolean shared, ConsumptionProbe probe) {}

    /** Attempts that wait because the limit is reached only by concurrent attempts, which may still succeed. */
    private static final class Gate {
        private int users; // guarded by the map
        private int underWay; // guarded by this
    }

    /**
     * Counts an attempt. When those that are under way on this node take the last room, it waits for their outcome.
     *
     * @param account the email address, whether such an account exists or not
     * @param address the caller's network address; null when it has none
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}; {@code TOO_BUSY} when it waited too long
     */
    public Attempt begin(String account, String address) {
        return begin(
                address == null
                        ? List.of(Guessed.account(account))
                        : List.of(Guessed.account(account), Guessed.address(address)));
    }

    /** As {@link #begin(String, String)}, for all scopes of the guess. */
    public Attempt begin(List<Guessed> all) {
        long deadline = System.nanoTime() + patience.toNanos();
        Attempt attempt = new Attempt(this);
        boolean admitted = false;
        try {
            for (Guessed guessed : all) {
                attempt.counted.add(count(guessed.what(), guessed.who(), deadline));
            }
            admitted = true;
            return attempt;
        } finally {
            if (!admitted) {
                attempt.end(false);
            }
        }
    }

    private static String key(String what, String who) {
        return "space:sign-in:" + what + ":" + digest(who);
    }

    private Counted count(String what, String who, long deadline) {
        String key = key(what, who);
        Gate gate = gates.compute(key, (k, there) -> {
            Gate here = there == null ? new Gate() : there;
            here.users++;
            return here;
        });
        boolean entered = false;
        try {
            Counted counted = enter(gate, key, deadline);
            entered = counted.probe().isConsumed();
            if (!entered) {
                long seconds = counted.probe().getNanosToWaitForRefill() / 1_000_000_000 + 1;
                throw Rejection.later(
                        IdentityError.TOO_MANY_ATTEMPTS,
                        "Too many failed attempts for this %s. Try again in %d minutes."
                                .formatted(what, (seconds + 58) / 60),
                        Duration.ofSeconds(seconds));
            }
            return counted;
        } finally {
            if (!entered) {
                leave(key);
            }
        }
    }

    private Counted enter(Gate gate, String key, long deadline) {
        synchronized (gate) {
            while (true) {
                Counted counted = redis.ask(
                        jedis -> take(key, shared(jedis, key), true),
                        () -> take(key, local.get(key, unseen -> local()), false));
                if (counted.probe().isConsumed()) {
                    gate.underWay++;
                    return counted;
                }
                if (gate.underWay == 0) {
                    return counted;
                }
                await(gate, deadline);
            }
        }
    }

    private static void await(Gate gate, long deadline) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left > 0) {
            try {
                gate.wait(left);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        throw Rejection.later(
                IdentityError.TOO_BUSY,
                "Too many sign-ins are under way. Try again in a moment.",
                Duration.ofSeconds(2));
    }

    private void end(Counted counted, boolean wrong) {
        if (!wrong && counted.shared()) {
            redis.ask(
                    any -> {
                        counted.bucket().addTokens(1);
                        return true;
                    },
                    () -> false);
        } else if (!wrong) {
            counted.bucket().addTokens(1);
        }
        Gate gate = gates.get(counted.key());
        synchronized (gate) {
            gate.underWay--;
            if (gate.underWay == 0) {
                gate.notifyAll();
            } else if (!wrong) {
                gate.notify();
            }
        }
        leave(counted.key());
    }

    private void leave(String key) {
        gates.computeIfPresent(key, (k, gate) -> --gate.users == 0 ? null : gate);
    }

    private static Counted take(String key, Bucket bucket, boolean shared) {
        return new Counted(key, bucket, shared, bucket.tryConsumeAndReturnRemaining(1));
    }

    private static Bucket local() {
        return Bucket.builder().addLimit(LIMIT.getBandwidths()[0]).build();
    }

    private static Bucket shared(UnifiedJedis jedis, String key) {
        return Bucket4jJedis.casBasedBuilder(jedis)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build()
                .builder()
                .build(key.getBytes(StandardCharsets.US_ASCII), () -> LIMIT);
    }

    private static String digest(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
