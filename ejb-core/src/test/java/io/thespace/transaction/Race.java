package io.thespace.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls that begin at the same moment, each on a thread of its own. */
public final class Race {

    private Race() {}

    /** The result of each call, in their order: what it returned, or the code of its {@link Rejection}. */
    public static List<Object> run(List<Callable<Object>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try {
            List<Future<Object>> running = new ArrayList<>();
            for (Callable<Object> call : calls) {
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            List<Object> outcomes = new ArrayList<>();
            for (Future<Object> one : running) {
                try {
                    outcomes.add(one.get(60, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(Rejection.class);
                    outcomes.add(((Rejection) e.getCause()).code());
                }
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
