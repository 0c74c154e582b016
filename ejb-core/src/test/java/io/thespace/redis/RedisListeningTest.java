package io.thespace.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Subscriptions to channels of a real Redis. */
class RedisListeningTest {

    private static final String CHANNEL = "the-space:test";
    private static final long LIMIT_SECONDS = 30;

    @Test
    void anErrorOfAReceiverLosesOneMessageOnly() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (TestRedis server = new TestRedis()) {
            Redis redis = server.connect();
            try (Redis.Listening listening = redis.listen(
                    CHANNEL,
                    message -> {
                        messages.add(message);
                        if (message.equals("first")) {
                            throw new LinkageError("A class is missing");
                        }
                    },
                    begun::countDown,
                    Thread::new)) {
                assertThat(listening).isNotNull();
                assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                publish(redis, "first");
                publish(redis, "second");

                assertThat(messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("first");
                assertThat(messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("second");
            } finally {
                redis.close();
            }
        }
    }

    @Test
    void aSubscriptionWhoseBeginningFailsBeginsAgain() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        AtomicBoolean failed = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        try (TestRedis server = new TestRedis()) {
            Redis redis = server.connect();
            try (Redis.Listening listening = redis.listen(
                    CHANNEL,
                    messages::add,
                    () -> {
                        if (failed.compareAndSet(false, true)) {
                            throw new LinkageError("A class is missing");
                        }
                        begun.countDown();
                    },
                    Thread::new)) {
                assertThat(listening).isNotNull();
                assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                publish(redis, "first");

                assertThat(messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("first");
            } finally {
                redis.close();
            }
        }
    }

    private static void publish(Redis redis, String message) {
        assertThat(redis.ask(jedis -> jedis.publish(CHANNEL, message), () -> -1L))
                .isEqualTo(1);
    }
}
