package io.thespace.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that each do one thing again and again until the time is up. */
final class Load {

    /** A client that runs the measured operation once per call. */
    interface Client extends AutoCloseable {
        void once() throws Exception;
    }

    /**
     * The result of a run.
     *
     * @param perSecond over all clients
     * @param medianMillis of one call
     * @param p99Millis of one call
     */
    record Result(double perSecond, double medianMillis, double p99Millis) {}

    private Load() {}

    /** Runs clients side by side; what one of them throws ends the run. */
    static Result run(int clients, Duration duration, Callable<Client> connect) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Client> connected = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                connected.add(connect.call());
            }
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            List<Future<List<Long>>> runs = new ArrayList<>();
            for (Client client : connected) {
                runs.add(threads.submit(() -> {
                    List<Long> nanos = new ArrayList<>();
                    try (client) {
                        long before = System.nanoTime();
                        while (before < end) {
                            client.once();
                            long after = System.nanoTime();
                            nanos.add(after - before);
                            before = after;
                        }
                    }
                    return nanos;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> run : runs) {
                all.addAll(run.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            all.sort(null);
            return new Result(
                    all.size() / seconds, all.get(all.size() / 2) / 1e6, all.get(all.size() * 99 / 100) / 1e6);
        } finally {
            threads.shutdownNow();
        }
    }
}
