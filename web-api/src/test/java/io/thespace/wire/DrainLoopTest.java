package io.thespace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainLoopTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final List<Exception> failures = new ArrayList<>();

    @Test
    void aRequestOfTheTaskItselfRunsItOnceMore() {
        DrainLoop[] loop = new DrainLoop[1];
        AtomicInteger depth = new AtomicInteger();
        loop[0] = new DrainLoop(
                () -> {
                    assertThat(depth.incrementAndGet()).isOne();
                    if (runs.incrementAndGet() == 1) {
                        loop[0].run();
                        loop[0].run();
                    }
                    depth.decrementAndGet();
                },
                failures::add);
        loop[0].run();
        assertThat(runs).hasValue(2);
    }

    @Test
    void aThreadThatComesWhileAnotherRunsTheTaskLeavesItToThatOne() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        DrainLoop loop = new DrainLoop(
                () -> {
                    threads.add(Thread.currentThread());
                    running.countDown();
                    await(requested);
                },
                failures::add);
        Thread first = new Thread(loop::run);
        first.start();
        await(running);
        loop.run();
        requested.countDown();
        first.join();
        assertThat(threads).containsExactly(first, first);
    }

    @Test
    void noRequestIsLostUnderContention() throws Exception {
        int threads = 8;
        int requests = 10_000;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        DrainLoop loop = new DrainLoop(() -> seen.set(asked.get()), failures::add);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < requests; j++) {
                    asked.incrementAndGet();
                    loop.run();
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(seen).hasValue(threads * requests);
    }

    @Test
    void aFailureIsReportedAndTheTaskRunsAgain() {
        DrainLoop loop = new DrainLoop(
                () -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IOException("closed");
                    }
                },
                failures::add);
        loop.run();
        loop.run();
        assertThat(failures).singleElement().isInstanceOf(IOException.class);
        assertThat(runs).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
