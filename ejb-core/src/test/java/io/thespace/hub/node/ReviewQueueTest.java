package io.thespace.hub.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Reviews that do not fit into the queue. */
class ReviewQueueTest {

    @Test
    void whatFoundNoPlaceIsNoticedOnce() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(ReviewQueue.REVIEW_THREADS);
        CountDownLatch released = new CountDownLatch(1);
        try (ReviewQueue queue = new ReviewQueue()) {
            queue.start(Thread::new);
            assertThat(queue.overflowed()).isFalse();
            for (int i = 0; i < ReviewQueue.REVIEW_THREADS; i++) {
                queue.later(() -> {
                    started.countDown();
                    await(released);
                });
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            while (queue.later(() -> await(released))) {
                // Until it is full.
            }
            assertThat(queue.overflowed()).isTrue();
            assertThat(queue.overflowed()).isFalse();
            queue.beforeAnswer(() -> await(released));
            assertThat(queue.overflowed()).isTrue();
            released.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
