package io.thespace.gateway.cache;

import io.thespace.log.Log;
import io.thespace.redis.Redis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The responses stored in Redis, for all nodes. Each URI has a mark with a generation that is part of its responses'
 * keys, so that a change invalidates all of them by deleting one key, and responses requested before a change are not
 * stored after it. While Redis is unavailable, nothing is found and nothing stored.
 */
public final class AnswerCache {

    /** The largest body that is kept. */
    static final int MAX_BODY_BYTES = 1 << 20;

    private static final Log LOG = Log.of(AnswerCache.class);
    private static final String PREFIX = "the-space:gateway-cache:";
    private static final String CLOSED = "-";

    /** The maximum of bytes on this node of responses that are being copied into Redis. */
    private static final long MAX_COPIED_BYTES = 32L << 20;

    private static final int MAX_WAITING = 1_000;

    /** Finds the mark, or sets it. */
    private static final String LOOK =
            """
            local mark = redis.call('GET', KEYS[1])
            if not mark then
              mark = ARGV[1]
              redis.call('SET', KEYS[1], mark, 'EX', ARGV[2])
            end
            return mark
            """;

    /** Marks a URI as closed: no response may be stored until the mark is dropped. */
    private static final String CLOSE =
            """
            local left = redis.call('TTL', KEYS[1])
            redis.call('SET', KEYS[1], ARGV[1], 'EX', math.max(tonumber(ARGV[2]), left))
            return 1
            """;

    /**
     * Keeps an answer unless its URI has another mark by now. An index by the time at which they end, with their sizes beside
     * it, keeps answers and marks within bounds together: those that end first make room.
     */
    private static final String KEEP =
            """
            local mark = redis.call('GET', KEYS[1])
            if not mark or string.sub(mark, 1, #ARGV[1]) ~= ARGV[1] then
              return 0
            end
            local index, sizes = KEYS[3], KEYS[4]
            local function drop(key)
              local size = redis.call('HGET', sizes, key)
              if size then
                redis.call('HINCRBY', sizes, '*', -tonumber(size))
                redis.call('HDEL', sizes, key)
              end
              redis.call('ZREM', index, key)
              -- A closed mark ends by itself.
              if redis.call('GETRANGE', key, 0, 1) ~= '-' then
                redis.call('DEL', key)
              end
            end
            local function note(key, size, ends)
              redis.call('ZADD', index, ends, key)
              if redis.call('HSETNX', sizes, key, size) == 1 then
                redis.call('HINCRBY', sizes, '*', size)
              end
            end
            if redis.call('EXISTS', index) == 0 then
              redis.call('DEL', sizes)
            end
            local now = tonumber(redis.call('TIME')[1])
            for _, key in ipairs(redis.call('ZRANGEBYSCORE', index, '-inf', now, 'LIMIT', 0, 100)) do
              drop(key)
            end
            drop(KEYS[2])
            local overhead = 400
            local size, most, seconds = #ARGV[3] + overhead, tonumber(ARGV[4]), tonumber(ARGV[5])
            if size + overhead > most then
              return 0
            end
            while tonumber(redis.call('HGET', sizes, '*') or '0') + size + overhead > most do
              local first = redis.call('ZRANGE', index, 0, 0)[1]
              if not first then
                redis.call('DEL', sizes)
                break
              end
              drop(first)
            end
            redis.call('SET', KEYS[2], ARGV[3], 'EX', seconds)
            local longest = math.max(seconds, redis.call('TTL', KEYS[1]))
            redis.call('SET', KEYS[1], ARGV[2], 'EX', longest)
            note(KEYS[2], size, now + seconds)
            note(KEYS[1], overhead, now + longest)
            redis.call('EXPIRE', index, 200000)
            redis.call('EXPIRE', sizes, 200000)
            return 1
            """;

    private final Redis redis;
    private final long mostBytes;
    private final ThreadPoolExecutor writers;
    private final AtomicLong copied = new AtomicLong();

    /**
     * @param mostBytes of all answers together, in Redis
     * @param threads two, for what must not hold up connections
     */
    public AnswerCache(Redis redis, long mostBytes, ThreadFactory threads) {
        this.redis = redis;
        this.mostBytes = mostBytes;
        this.writers =
                new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), threads);
    }

    /**
     * The place of a response in the cache.
     *
     * @param generation null while nothing may be kept
     * @param key null while nothing may be kept
     * @param varies whether responses of this URI are known to vary by headers
     * @param kept the stored response; null when there is none
     */
    record Place(String generation, String key, boolean varies, KeptAnswer kept) {

        private static final Place NOWHERE = new Place(null, null, false, null);

        boolean open() {
            return generation != null;
        }
    }

    /** Whether anything is kept at all. */
    public boolean on() {
        return mostBytes > 0;
    }

    /**
     * Looks up a response; waits for Redis.
     *
     * @param seconds the maximum duration of an exchange that starts now
     */
    Place look(CacheKey key, long seconds) {
        String generation =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return redis.ask(
                jedis -> {
                    String mark = (String)
                            jedis.eval(LOOK, List.of(mark(key)), List.of(generation + " ", Long.toString(seconds)));
                    if (mark.equals(CLOSED)) {
                        return Place.NOWHERE;
                    }
                    int end = mark.indexOf(' ');
                    String found = mark.substring(0, end);
                    List<String> vary = end + 1 == mark.length()
                            ? List.of()
                            : Arrays.asList(mark.substring(end + 1).split(","));
                    String answer = key.answer(found, vary);
                    byte[] bytes = found.equals(generation) ? null : jedis.get(raw(PREFIX + answer));
                    return new Place(found, answer, !vary.isEmpty(), read(bytes));
                },
                () -> Place.NOWHERE);
    }

    private static KeptAnswer read(byte[] bytes) {
        try {
            return bytes == null ? null : KeptAnswer.read(bytes);
        } catch (IOException e) {
            LOG.warning(
                    "Cached response could not be read; fetching it again", "cause", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Stores a response requested when this was its place; waits for Redis. */
    void keep(CacheKey key, Place place, KeptAnswer answer, long seconds) {
        String before = place.generation() + " ";
        redis.ask(
                jedis -> jedis.eval(
                        raw(KEEP),
                        List.of(
                                raw(mark(key)),
                                raw(PREFIX + key.answer(place.generation(), answer.vary())),
                                raw(PREFIX + "index"),
                                raw(PREFIX + "sizes")),
                        List.of(
                                raw(before),
                                raw(before + String.join(",", answer.vary())),
                                answer.bytes(),
                                raw(Long.toString(mostBytes)),
                                raw(Long.toString(Math.max(1, seconds))))),
                () -> null);
    }

    /** Drops what is kept of a URI and keeps nothing of it until {@link #open}; waits for Redis. */
    void close(CacheKey key, long seconds) {
        redis.ask(jedis -> jedis.eval(CLOSE, List.of(mark(key)), List.of(CLOSED, Long.toString(seconds))), () -> null);
    }

    /** Answers may be kept again; what was kept meanwhile is dropped. Waits for Redis. */
    void open(CacheKey key) {
        redis.ask(jedis -> jedis.del(mark(key)), () -> 0L);
    }

    /** Runs a deferrable task soon on another thread; returns false when too many tasks wait. */
    public boolean soon(Runnable task) {
        try {
            writers.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Whether this many more bytes may be copied; the caller has to return them. */
    boolean take(int bytes) {
        if (copied.addAndGet(bytes) <= MAX_COPIED_BYTES) {
            return true;
        }
        copied.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        copied.addAndGet(-bytes);
    }

    long copiedBytes() {
        return copied.get();
    }

    public void stop() {
        writers.shutdownNow();
    }

    private static String mark(CacheKey key) {
        return PREFIX + "mark:" + key.uri();
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
