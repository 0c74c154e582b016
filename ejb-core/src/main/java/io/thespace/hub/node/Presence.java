package io.thespace.hub.node;

import io.thespace.redis.Redis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/**
 * The users in each channel, over all nodes. Each node registers its own sockets and holds one lease by Redis's clock;
 * registrations of a node count only during its lease, so those of a dead node expire within {@link
 * #LEASE_MILLISECONDS}.
 */
final class Presence {

    static final int LEASE_MILLISECONDS = 4_000;

    private static final String NODES = "space:hub:nodes";
    /** The expiry of registrations that are not renewed; see {@link HubNode#tick}. */
    private static final int FORGET_SECONDS = 7_200;

    /** Renews the lease; returns whether Redis had it. */
    private static final String RENEW =
            """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            return redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
            """;

    /** Returns the users present, and deletes registrations of dead nodes. */
    private static final String WHO =
            """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local alive = {}
            for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')) do alive[node] = true end
            local users = {}
            for _, entry in ipairs(redis.call('SMEMBERS', KEYS[2])) do
              local bar = string.find(entry, '|', 1, true)
              if alive[string.sub(entry, 1, bar - 1)] then
                users[#users + 1] = string.sub(entry, bar + 1)
              else
                redis.call('SREM', KEYS[2], entry)
              end
            end
            return users
            """;

    /** Replaces this node's entries of a channel. */
    private static final String REPLACE =
            """
            local mine = {}
            for i = 3, #ARGV do mine[ARGV[i]] = true end
            for _, entry in ipairs(redis.call('SMEMBERS', KEYS[1])) do
              if string.sub(entry, 1, #ARGV[1]) == ARGV[1] and not mine[entry] then redis.call('SREM', KEYS[1], entry) end
            end
            for i = 3, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
            if #ARGV > 2 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
            return #ARGV
            """;

    private final Redis redis;
    private final String node;
    /** Channels whose entries of this node in Redis may be wrong, because a write failed. */
    private final Set<Place> outdated = ConcurrentHashMap.newKeySet();

    private record Place(UUID orgId, String channelId) {}

    Presence(Redis redis, String node) {
        this.redis = redis;
        this.node = node;
    }

    /** Records that these users are in a channel on this node. */
    void enter(UUID orgId, String channelId, Collection<UUID> users) {
        if (users.isEmpty()) {
            return;
        }
        String key = key(orgId, channelId);
        redis.ask(
                jedis -> {
                    jedis.sadd(key, users.stream().map(this::entry).toArray(String[]::new));
                    return jedis.expire(key, FORGET_SECONDS);
                },
                () -> notWritten(orgId, channelId));
    }

    void leave(UUID orgId, String channelId, UUID userId) {
        redis.ask(jedis -> jedis.srem(key(orgId, channelId), entry(userId)), () -> notWritten(orgId, channelId));
    }

    private Long notWritten(UUID orgId, String channelId) {
        markOutdated(orgId, channelId);
        return 0L;
    }

    /** Marks a channel for {@link #repair}. */
    void markOutdated(UUID orgId, String channelId) {
        outdated.add(new Place(orgId, channelId));
    }

    /**
     * Writes the entries of marked channels again. Channels whose write fails stay marked.
     *
     * @param users the users in a channel on this node; empty if no user has joined it here
     */
    void repair(BiFunction<UUID, String, Set<UUID>> users) {
        for (Place place : List.copyOf(outdated)) {
            outdated.remove(place);
            Set<UUID> now = Set.copyOf(users.apply(place.orgId(), place.channelId()));
            if (!replace(place, now)) {
                outdated.add(place);
                return;
            }
            if (!now.equals(users.apply(place.orgId(), place.channelId()))) {
                // A concurrent change may have been written before this one.
                outdated.add(place);
            }
        }
    }

    private boolean replace(Place place, Set<UUID> users) {
        List<String> arguments = new ArrayList<>(List.of(node + '|', Integer.toString(FORGET_SECONDS)));
        users.forEach(user -> arguments.add(entry(user)));
        return redis.ask(
                jedis -> jedis.eval(REPLACE, List.of(key(place.orgId(), place.channelId())), arguments) != null,
                () -> false);
    }

    /** Renews this node's lease; true when Redis had lost it, so that all entries have to be written again. */
    boolean renew() {
        return redis.ask(
                jedis -> Long.valueOf(1)
                        .equals(jedis.eval(RENEW, List.of(NODES), List.of(node, Integer.toString(LEASE_MILLISECONDS)))),
                () -> false);
    }

    void end() {
        redis.ask(jedis -> jedis.zrem(NODES, node), () -> 0L);
    }

    /** The users in a channel on any node; empty when Redis is unavailable. */
    Optional<NavigableSet<UUID>> who(UUID orgId, String channelId) {
        return redis.ask(jedis -> Optional.of(who(jedis, key(orgId, channelId))), Optional::empty);
    }

    private static NavigableSet<UUID> who(UnifiedJedis jedis, String key) {
        List<?> users = (List<?>) jedis.eval(WHO, List.of(NODES, key), List.of());
        return users.stream()
                .map(user -> UUID.fromString((String) user))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String entry(UUID userId) {
        return node + '|' + userId;
    }

    private static String key(UUID orgId, String channelId) {
        return "space:hub:presence:" + orgId + ':' + channelId;
    }
}
