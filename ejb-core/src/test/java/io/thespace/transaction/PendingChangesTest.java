package io.thespace.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingChangesTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger applied = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aCallWaitsForItsChanges() {
        CountDownLatch awaited = new CountDownLatch(1);
        try (PendingChanges call = PendingChanges.open()) {
            PendingChanges.apply(threads, () -> {
                awaitUninterrupted(awaited);
                applied.incrementAndGet();
            });
            PendingChanges.apply(threads, applied::incrementAndGet);
            threads.execute(awaited::countDown);
            call.await();
            assertThat(applied).hasValue(2);
        }
    }

    @Test
    void aChangeThatFailsEndsTheWaiting() {
        try (PendingChanges call = PendingChanges.open()) {
            PendingChanges.apply(task -> threads.execute(() -> assertThatThrownBy(task::run)), () -> {
                throw new IllegalStateException();
            });
            call.await();
        }
    }

    @Test
    void callsInCallsWaitForTheirOwn() {
        CountDownLatch never = new CountDownLatch(1);
        try (PendingChanges outer = PendingChanges.open()) {
            PendingChanges.apply(threads, () -> awaitUninterrupted(never));
            try (PendingChanges inner = PendingChanges.open()) {
                PendingChanges.apply(threads, applied::incrementAndGet);
                inner.await();
                assertThat(applied).hasValue(1);
            }
            never.countDown();
            PendingChanges.apply(threads, applied::incrementAndGet);
            outer.await();
            assertThat(applied).hasValue(2);
        }
    }

    @Test
    void withoutACallNobodyWaits() {
        CountDownLatch never = new CountDownLatch(1);
        PendingChanges.apply(threads, () -> awaitUninterrupted(never));
        try (PendingChanges call = PendingChanges.open()) {
            call.await();
        }
        never.countDown();
    }

    @Test
    void whatNoThreadTakesIsNotWaitedFor() {
        threads.shutdown();
        try (PendingChanges call = PendingChanges.open()) {
            assertThatThrownBy(() -> PendingChanges.apply(threads, applied::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
            call.await();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
