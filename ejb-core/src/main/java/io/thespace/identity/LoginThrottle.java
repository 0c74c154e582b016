package io.thespace.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/**
 * Allows 10 failed sign-ins in 15 minutes for each account and for each address, counted over all nodes by Redis; by each
 * node for itself while Redis is away.
 *
 * <p>Every attempt is counted before its password is checked and given back when it succeeds, so that guesses made in
 * parallel cannot outrun the count.
 */
@ApplicationScoped
class LoginThrottle {

    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final BucketConfiguration LIMIT = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(FAILURES)
                    .refillIntervally(FAILURES, WINDOW)
                    .build())
            .build();

    private final Redis redis;
    private final Cache<String, Bucket> local =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(WINDOW).build();

    LoginThrottle() {
        this(null);
    }

    @Inject
    LoginThrottle(Redis redis) {
        this.redis = redis;
    }

    /** An attempt that was counted. */
    static final class Attempt {

        private final LoginThrottle throttle;
        private final List<Counted> counted = new ArrayList<>();

        private Attempt(LoginThrottle throttle) {
            this.throttle = throttle;
        }

        /** It was no wrong guess: it does not count. */
        void giveBack() {
            for (Counted one : counted) {
                if (one.shared()) {
                    throttle.redis.ask(
                            any -> {
                                one.bucket().addTokens(1);
                                return true;
                            },
                            () -> false);
                } else {
                    one.bucket().addTokens(1);
                }
            }
            counted.clear();
        }
    }

    /**
     * Counts an attempt.
     *
     * @param account the email address in lower case, whether such an account exists or not
     * @param address the caller's network address; null when it has none
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}
     */
    public Attempt begin(String account, String address) {
        Attempt attempt = new Attempt(this);
        count(attempt, "account", account);
        if (address != null) {
            count(attempt, "address", network(address));
        }
        return attempt;
    }

    private void count(Attempt attempt, String what, String who) {
        String key = "space:sign-in:" + what + ":" + digest(who);
        Counted counted = redis.ask(
                jedis -> take(shared(jedis, key), true), () -> take(local.get(key, unseen -> local()), false));
        if (!counted.probe().isConsumed()) {
            attempt.giveBack();
            long seconds = counted.probe().getNanosToWaitForRefill() / 1_000_000_000 + 1;
            throw Rejection.later(
                    IdentityError.TOO_MANY_ATTEMPTS,
                    "Too many failed sign-ins for this %s. Try again in %d minutes."
                            .formatted(what, (seconds + 58) / 60),
                    Duration.ofSeconds(seconds));
        }
        attempt.counted.add(counted);
    }

    /**
     * One bucket that an attempt was counted in, if it had room.
     *
     * @param shared whether it is in Redis
     */
    private record Counted(Bucket bucket, boolean shared, ConsumptionProbe probe) {}

    private static Counted take(Bucket bucket, boolean shared) {
        return new Counted(bucket, shared, bucket.tryConsumeAndReturnRemaining(1));
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

    /** An IPv6 caller commands at least its /64, so that counts as one address. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? Arrays.toString(Arrays.copyOf(bytes, 8)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
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
