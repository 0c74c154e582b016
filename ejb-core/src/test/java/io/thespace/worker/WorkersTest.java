package io.thespace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {

    private final List<Thread> created = new ArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread thread = new Thread(task);
        created.add(thread);
        return thread;
    };

    @Test
    void createsItsThreadsAtOnceAndNoneForATask() throws InterruptedException {
        try (Workers workers = new Workers("test", 2, 100, factory)) {
            assertThat(created).hasSize(2).allMatch(Thread::isAlive);
            SynchronousQueue<Thread> ran = new SynchronousQueue<>();
            for (int i = 0; i < 50; i++) {
                workers.execute(() -> put(ran, Thread.currentThread()));
                assertThat(created).contains(ran.take());
            }
            assertThat(created).hasSize(2);
        }
    }

    @Test
    void rejectsWhatDoesNotFitTheQueue() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (Workers workers = new Workers("test", 1, 2, factory)) {
            workers.execute(() -> {
                begun.countDown();
                await(end);
            });
            await(begun);
            workers.execute(() -> {});
            workers.execute(() -> {});
            assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            end.countDown();
        }
    }

    @Test
    void survivesATaskThatFails() throws InterruptedException {
        try (Workers workers = new Workers("test", 1, 2, factory)) {
            SynchronousQueue<Thread> ran = new SynchronousQueue<>();
            workers.execute(() -> {
                throw new IllegalStateException("expected by the test");
            });
            workers.execute(() -> put(ran, Thread.currentThread()));
            assertThat(ran.take()).isSameAs(created.get(0));
            assertThat(created).hasSize(1);
        }
    }

    @Test
    void runsWhatIsQueuedBeforeItEnds() throws InterruptedException {
        List<Integer> ran = new ArrayList<>();
        Workers workers = new Workers("test", 1, 100, factory);
        for (int i = 0; i < 100; i++) {
            int number = i;
            workers.execute(() -> ran.add(number));
        }
        workers.close();
        for (Thread thread : created) {
            // The pool counts a thread as ended some moments before the thread is.
            thread.join(5_000);
            assertThat(thread.isAlive()).as("alive: %s", thread).isFalse();
        }
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static void put(SynchronousQueue<Thread> queue, Thread thread) {
        try {
            queue.put(thread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
