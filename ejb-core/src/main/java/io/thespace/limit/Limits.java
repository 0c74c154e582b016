package io.thespace.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Rate;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Rate limits: counts calls against the limits of their callers. */
@ApplicationScoped
public class Limits {

    /** Maximum of local counters while Redis is unavailable, some 35 MB. An evicted caller starts with a full limit. */
    private static final int MAX_LOCAL = 20_000;

    private static final String SCRIPT = script();

    private final Redis redis;
    private final Map<String, Rate> rates;
    private final OrganizationQuotas organizations;
    private final LongSupplier clock;
    private final long started;
    private final Cache<String, Local> local;
    private final Consumer<LimitReached> reached;

    /** Limits announced on this node, each for the length of its window. */
    private final Cache<String, Rate> announced = Caffeine.newBuilder()
            .maximumSize(MAX_LOCAL)
            .expireAfter(Expiry.<String, Rate>creating((key, rate) -> Duration.ofSeconds(rate.seconds())))
            .build();

    private record Local(Slices slices, Rate rate) {}

    Limits() {
        this(null, Map.of(), null, System::nanoTime, event -> {});
    }

    @Inject
    Limits(Redis redis, OrganizationQuotas organizations, Event<LimitReached> observers) {
        this(redis, Configuration.get().get(Key.LIMITS), organizations, System::nanoTime, observers::fire);
    }

    /**
     * With limits and a clock.
     *
     * @param clock nanoseconds, for what is counted without Redis
     * @param reached gets each limit that a signed-in caller used up, once in its window
     */
    Limits(
            Redis redis,
            Map<String, Rate> rates,
            OrganizationQuotas organizations,
            LongSupplier clock,
            Consumer<LimitReached> reached) {
        this.reached = reached;
        this.redis = redis;
        this.rates = rates;
        this.organizations = organizations;
        this.clock = clock;
        this.started = clock.getAsLong();
        this.local = Caffeine.newBuilder()
                .maximumSize(MAX_LOCAL)
                .expireAfter(Expiry.<String, Local>accessing(
                        (key, one) -> Duration.ofMillis((Slices.PER_WINDOW + 2) * Slices.length(one.rate()))))
                .build();
    }

    /** Counts a call of an endpoint as {@link #take(LimitClass, Actor, List)} does. */
    public Allowances take(LimitClass of, Actor actor) {
        return take(of, actor, List.of());
    }

    /**
     * Counts a call against the limit of its class and the caller's role, against those of the caller's organization, and
     * against others.
     *
     * @param of {@code NONE} for what only the others count
     */
    public Allowances take(LimitClass of, Actor actor, List<Counted> others) {
        List<Counted> all = new ArrayList<>(others.size() + 3);
        if (of != LimitClass.NONE) {
            String name = name(of, actor.role());
            Rate rate = rates.get(name);
            if (rate != null) {
                all.add(Counted.byIdentity(name.replace('.', '-'), name, rate, actor));
            }
            if (actor.signedIn()) {
                all.addAll(organizations.calls(actor.orgId()));
            }
        }
        all.addAll(others);
        Allowances allowances = take(all);
        if (!allowances.allowed() && actor.signedIn()) {
            allowances.tightest().ifPresent(limit -> announce(actor, limit));
        }
        return allowances;
    }

    private void announce(Actor actor, Allowance limit) {
        String key = "space:limit-reached:" + actor.userId() + ":" + limit.policy();
        Rate rate = limit.rate();
        if (announced.asMap().putIfAbsent(key, rate) == null
                && redis.ask(
                        jedis -> jedis.set(key, "1", SetParams.setParams().nx().ex(rate.seconds())) != null,
                        () -> true)) {
            reached.accept(new LimitReached(
                    actor.orgId(), actor.userId(), limit.policy(), rate.calls(), rate.seconds(), actor.requestId()));
        }
    }

    /**
     * Counts a call against several limits: against all when each has room for it, else against none.
     *
     * @param limits of different keys
     */
    public Allowances take(List<Counted> limits) {
        return counted(limits, 1, false);
    }

    /** As {@link #take(List)}, against one limit. */
    public Allowance take(String policy, String counted, Rate rate) {
        return take(List.of(new Counted(policy, counted, rate))).all().get(0);
    }

    /** Whether one more call would be allowed, without counting it. */
    public Allowances look(List<Counted> limits) {
        return counted(limits, 0, false);
    }

    /** Counts what was used, also when it is more than the limit; for what is known only afterwards. */
    public void spend(Counted limit, long amount) {
        counted(List.of(limit), amount, true);
    }

    /** Returns the limits of a role, by class in lower case; a missing class is not limited. */
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

    private Allowances counted(List<Counted> limits, long amount, boolean always) {
        if (limits.isEmpty()) {
            return Allowances.NONE;
        }
        // Room, how much more of it, and the milliseconds until there is more, of one limit after the other.
        long[] told = redis.ask(jedis -> shared(jedis, limits, amount, always), () -> alone(limits, amount, always));
        List<Allowance> all = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            Counted limit = limits.get(i);
            all.add(new Allowance(limit.policy(), limit.rate(), told[3 * i] == 1, Math.max(0, told[3 * i + 1]), (int)
                    Math.max(1, (told[3 * i + 2] + 999) / 1000)));
        }
        return new Allowances(all);
    }

    private static long[] shared(UnifiedJedis jedis, List<Counted> limits, long amount, boolean always) {
        List<String> arguments = new ArrayList<>(3 + 2 * limits.size());
        arguments.add(Integer.toString(Slices.PER_WINDOW));
        arguments.add(Long.toString(amount));
        arguments.add(always ? "1" : "0");
        for (Counted limit : limits) {
            arguments.add(Long.toString(limit.rate().calls()));
            arguments.add(Long.toString(Slices.length(limit.rate())));
        }
        List<?> answer = (List<?>) jedis.eval(
                SCRIPT,
                limits.stream().map(limit -> "space:limit:" + limit.key()).toList(),
                arguments);
        return answer.stream().mapToLong(number -> (Long) number).toArray();
    }

    /** The same as the script; one call after the other. */
    private long[] alone(List<Counted> limits, long amount, boolean always) {
        synchronized (local) {
            long now = (clock.getAsLong() - started) / 1_000_000;
            List<Local> windows = limits.stream()
                    .map(limit -> local.get(limit.key(), unseen -> new Local(new Slices(), limit.rate())))
                    .toList();
            long[] told = new long[3 * limits.size()];
            boolean all = true;
            for (int i = 0; i < limits.size(); i++) {
                Rate rate = limits.get(i).rate();
                boolean room = windows.get(i).slices().used(rate, now) + Math.max(1, amount) <= rate.calls();
                told[3 * i] = room ? 1 : 0;
                all &= room;
            }
            for (int i = 0; i < limits.size(); i++) {
                Slices slices = windows.get(i).slices();
                if (amount > 0 && (all || always)) {
                    slices.add(amount);
                }
                System.arraycopy(slices.left(limits.get(i).rate(), now), 0, told, 3 * i + 1, 2);
            }
            return told;
        }
    }

    private static String script() {
        try (InputStream in = Limits.class.getResourceAsStream("slices.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script of the limits cannot be read", e);
        }
    }
}
