package io.thespace.hub.node;

import io.thespace.redis.Redis;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/**
 * Who is in which channel, over all nodes. Each node says so of its own sockets, and holds one lease by Redis's clock; what
 * a node said counts only as long as its lease, so a node that died is forgotten within {@link #LEASE_MILLISECONDS}.
 */
final class Presence {

    static final int LEASE_MILLISECONDS = 4_000;

    private static final String NODES = "space:hub:nodes";
    /** What nobody says again for so long is forgotten; see {@link HubNode#tick}. */
    private static final int FORGET_SECONDS = 7_200;

    /** Renews the lease; tells whether Redis knew this node. */
    private static final String RENEW =
            """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            return redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
            """;

    /** Who is there, and forgets those of dead nodes. */
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

    private final Redis redis;
    private final String node;

    Presence(Redis redis, String node) {
        this.redis = redis;
        this.node = node;
    }

    /** Says that these users are in a channel on this node. */
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
                () -> 0L);
    }

    void leave(UUID orgId, String channelId, UUID userId) {
        redis.ask(jedis -> jedis.srem(key(orgId, channelId), entry(userId)), () -> 0L);
    }

    /** Goes on living; whether everything has to be said again, since Redis had forgotten this node. */
    boolean renew() {
        return redis.ask(
                jedis -> Long.valueOf(1)
                        .equals(jedis.eval(RENEW, List.of(NODES), List.of(node, Integer.toString(LEASE_MILLISECONDS)))),
                () -> false);
    }

    void end() {
        redis.ask(jedis -> jedis.zrem(NODES, node), () -> 0L);
    }

    /** Who is in a channel on any node; empty when Redis does not answer. */
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
