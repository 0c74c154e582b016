package io.thespace.redis;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** The Redis that {@link Key#REDIS_URL} names; connected on first use. */
@ApplicationScoped
public class Redis {

    private static final Log LOG = Log.of(Redis.class);
    private static final int TIMEOUT_MILLISECONDS = 300;
    /** The time after a failure during which Redis is not queried. */
    private static final long PAUSE_NANOSECONDS = Duration.ofSeconds(1).toNanos();

    private final Optional<URI> uri;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile long pausedUntil;
    private volatile boolean paused;
    private JedisPooled pool;
    private boolean closed;

    public Redis() {
        this(Configuration.get().find(Key.REDIS_URL));
    }

    /** A connection to another Redis than the configured one; empty for none, which is as if it were away. */
    public Redis(Optional<URI> uri) {
        this.uri = uri;
    }

    /**
     * Queries Redis, with a fallback.
     *
     * @param question must be safe to abandon at any point, since a response may be lost
     * @param otherwise the fallback when Redis is not configured, does not respond in time, or returns an error
     */
    public <T> T ask(Function<UnifiedJedis, T> question, Supplier<T> otherwise) {
        if (uri.isEmpty() || (paused && System.nanoTime() - pausedUntil < 0)) {
            return otherwise.get();
        }
        T answer;
        try {
            answer = question.apply(pool());
        } catch (RuntimeException e) {
            lost(e);
            return otherwise.get();
        }
        found();
        return answer;
    }

    /**
     * Receives a channel's messages from now on. What is published while the connection is lost is missed.
     *
     * @param threads gives the thread that waits for messages and that {@code receiver} runs on
     */
    public Listening listen(String channel, Consumer<String> receiver, ThreadFactory threads) {
        return listen(channel, receiver, () -> {}, threads);
    }

    /**
     * As {@link #listen(String, Consumer, ThreadFactory)}.
     *
     * @param begun called on the same thread each time the subscription is complete, from when on no message is missed
     */
    public Listening listen(String channel, Consumer<String> receiver, Runnable begun, ThreadFactory threads) {
        Listening listening = new Listening(channel, receiver, begun);
        if (uri.isPresent()) {
            threads.newThread(listening::run).start();
        }
        return listening;
    }

    /** A subscription that reconnects until it is closed. */
    public final class Listening implements AutoCloseable {

        private final String channel;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final JedisPubSub subscription;

        private Listening(String channel, Consumer<String> receiver, Runnable begun) {
            this.channel = channel;
            this.subscription = new JedisPubSub() {
                @Override
                public void onSubscribe(String to, int subscriptions) {
                    if (!succeeds(begun)) {
                        // Ends this subscription; the next one tries again.
                        unsubscribe();
                    }
                }

                @Override
                public void onMessage(String from, String message) {
                    // A receiver's failure loses this message only.
                    succeeds(() -> receiver.accept(message));
                }
            };
        }

        /**
         * Runs what is called with each message; false when it failed. An exception that left the subscription would return its
         * connection to the pool while Redis still sends messages to it.
         */
        private boolean succeeds(Runnable called) {
            try {
                called.run();
                return true;
            } catch (RuntimeException | Error e) {
                LOG.error("Receiver of a Redis channel failed", e, "channel", channel);
                return false;
            }
        }

        private void run() {
            try {
                do {
                    try {
                        pool().subscribe(subscription, channel);
                    } catch (RuntimeException | Error e) {
                        // An error that ended this thread would end the subscription for good.
                        if (ended.getCount() > 0) {
                            lost(e);
                        }
                    }
                } while (!ended.await(PAUSE_NANOSECONDS, TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            ended.countDown();
            if (subscription.isSubscribed()) {
                subscription.unsubscribe();
            }
        }
    }

    /** Whether Redis answers now; tries it even when it was away a moment ago. */
    public boolean answers() {
        if (uri.isEmpty()) {
            return false;
        }
        try {
            pool().ping();
        } catch (RuntimeException e) {
            lost(e);
            return false;
        }
        found();
        return true;
    }

    private void lost(Throwable cause) {
        pausedUntil = System.nanoTime() + PAUSE_NANOSECONDS;
        paused = true;
        if (away.compareAndSet(false, true)) {
            LOG.warning("Redis unavailable; limits and caches are local to this node", "cause", cause);
        }
    }

    private void found() {
        if (away.get() && away.compareAndSet(true, false)) {
            paused = false;
            LOG.info("Redis available again");
        }
    }

    private synchronized JedisPooled pool() {
        if (closed) {
            throw new IllegalStateException("The platform is stopping");
        }
        if (pool == null) {
            pool = connect(uri.orElseThrow());
        }
        return pool;
    }

    private static JedisPooled connect(URI uri) {
        ConnectionPoolConfig bounds = new ConnectionPoolConfig();
        bounds.setMaxTotal(32);
        bounds.setMaxIdle(32);
        bounds.setMaxWait(Duration.ofMillis(TIMEOUT_MILLISECONDS));
        bounds.setJmxEnabled(false);
        return new JedisPooled(
                bounds,
                JedisURIHelper.getHostAndPort(uri),
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(TIMEOUT_MILLISECONDS)
                        .socketTimeoutMillis(TIMEOUT_MILLISECONDS)
                        .user(JedisURIHelper.getUser(uri))
                        .password(JedisURIHelper.getPassword(uri))
                        .database(JedisURIHelper.getDBIndex(uri))
                        .ssl(JedisURIHelper.isRedisSSLScheme(uri))
                        .clientName("the-space")
                        .build());
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
    }
}
