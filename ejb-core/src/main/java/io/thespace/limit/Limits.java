package io.thespace.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Rate;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;

/** Counts calls against what their callers may make. */
@ApplicationScoped
public class Limits {

    /** What a node remembers while Redis is away: some 20 MB. Whoever is forgotten begins anew. */
    private static final int MOST_LOCAL = 20_000;

    private static final String SCRIPT = script();

    private final Redis redis;
    private final Map<String, Rate> rates;
    private final LongSupplier clock;
    private final long started;
    private final Cache<String, Slices> local;

    Limits() {
        this(null, Map.of(), System::nanoTime);
    }

    @Inject
    Limits(Redis redis) {
        this(redis, Configuration.get().get(Key.LIMITS), System::nanoTime);
    }

    /** @param clock nanoseconds, for what is counted without Redis */
    Limits(Redis redis, Map<String, Rate> rates, LongSupplier clock) {
        this.redis = redis;
        this.rates = rates;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.local = Caffeine.newBuilder()
                .maximumSize(MOST_LOCAL)
                .expireAfterAccess(Duration.ofHours(1).plusMinutes(1))
                .build();
    }

    /**
     * Counts a call of an endpoint.
     *
     * @return empty when nothing limits it
     */
    public Optional<Allowance> take(LimitClass of, Actor actor) {
        String name = name(of, actor.role());
        Rate rate = rates.get(name);
        if (of == LimitClass.NONE || rate == null) {
            return Optional.empty();
        }
        String key = "space:limit:%s:%s".formatted(name, identity(actor));
        long[] counted = redis.ask(jedis -> shared(jedis, key, rate), () -> alone(key, rate));
        return Optional.of(
                new Allowance(name.replace('.', '-'), rate, counted[0] == 1, (int) Math.max(0, counted[1]), (int)
                        Math.max(1, (counted[2] + 999) / 1000)));
    }

    /** What a caller with a role may make, by class in lower case; a class that is not named is not limited. */
    public Map<String, Rate> of(Role role) {
        Map<String, Rate> mine = new TreeMap<>();
        for (LimitClass of : LimitClass.values()) {
            Rate rate = rates.get(name(of, role));
            if (rate != null) {
                mine.put(of.name().toLowerCase(Locale.ROOT), rate);
            }
        }
        return mine;
    }

    private static String name(LimitClass of, Role role) {
        return of.name().toLowerCase(Locale.ROOT) + "." + (role == null ? "anonymous" : role.group());
    }

    /** Who is counted. What is counted by organization or by route would be named beside it, with a prefix of its own. */
    private static String identity(Actor actor) {
        if (actor.signedIn()) {
            return "user:" + actor.userId();
        }
        String network = actor.address() == null ? "unknown" : CallerNetwork.of(actor.address());
        return "address:"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(network.getBytes(StandardCharsets.UTF_8));
    }

    private static long[] shared(UnifiedJedis jedis, String key, Rate rate) {
        List<?> answer = (List<?>) jedis.eval(
                SCRIPT,
                List.of(key),
                List.of(
                        Integer.toString(rate.calls()),
                        Long.toString(Slices.length(rate)),
                        Integer.toString(Slices.PER_WINDOW)));
        return answer.stream().mapToLong(number -> (Long) number).toArray();
    }

    private long[] alone(String key, Rate rate) {
        return local.get(key, unseen -> new Slices()).take(rate, (clock.getAsLong() - started) / 1_000_000);
    }

    private static String script() {
        try (InputStream in = Limits.class.getResourceAsStream("slices.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script of the limits cannot be read", e);
        }
    }
}
