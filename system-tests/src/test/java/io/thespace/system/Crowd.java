package io.thespace.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many who do something at the same moment. */
final class Crowd {

    private static final long LIMIT_SECONDS = 180;

    private Crowd() {}

    /** Runs all at once, each in a thread of its own, and gives what each of them returned, in order. */
    static <T> List<T> all(List<Callable<T>> doings) {
        ExecutorService threads = Executors.newFixedThreadPool(doings.size());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> doing : doings) {
                running.add(threads.submit(() -> {
                    start.await();
                    return doing.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            for (Future<T> future : running) {
                results.add(future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        } catch (TimeoutException e) {
            throw new AssertionError("Not done within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new AssertionError("One of them failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
