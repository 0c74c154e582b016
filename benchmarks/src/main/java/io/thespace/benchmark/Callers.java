package io.thespace.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Programs of one identity that call the echo of several nodes, and what was allowed them when. */
final class Callers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A call that was allowed at some moment from {@code sent} to {@code answered}, in nanoseconds. */
    private record Allowed(long sent, long answered) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<URI> nodes;
    private final String token;
    private final Queue<Allowed> allowed = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Callers(List<URI> nodes, String token) {
        this.nodes = nodes;
        this.token = token;
    }

    /** Calls the nodes in turn, so often, at a steady pace. */
    void inTurn(Duration pace, int calls) throws InterruptedException {
        long next = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            // Never closer than the pace, also after a slow answer.
            next = Math.max(next, System.nanoTime()) + pace.toNanos();
            call(nodes.get(i % nodes.size()));
        }
    }

    /** Calls until it ends. */
    static final class Crowd {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        /** Waits for the calls under way. */
        void end() throws InterruptedException {
            ended.set(true);
            for (Thread thread : threads) {
                thread.join(PATIENCE.multipliedBy(2).toMillis());
            }
        }
    }

    /** A crowd with this many callers at each node, each pausing between its calls. */
    Crowd crowd(int perNode, Duration pause) {
        Crowd crowd = new Crowd();
        for (URI node : nodes) {
            for (int i = 0; i < perNode; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        while (!crowd.ended.get()) {
                            call(node);
                            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                thread.setDaemon(true);
                crowd.threads.add(thread);
                thread.start();
            }
        }
        return crowd;
    }

    private void call(URI node) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.resolve("/api/v1/gateway/echo"))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        long sent = System.nanoTime();
        int status;
        try {
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // A node that is not there now.
            status = 0;
        }
        if (status == 200) {
            allowed.add(new Allowed(sent, System.nanoTime()));
        } else {
            (status == 429 ? refused : failed).incrementAndGet();
        }
    }

    /** The most calls that were allowed for certain within a stretch of time, wherever it begins. */
    int worst(Duration stretch) {
        List<Allowed> all = new ArrayList<>(allowed);
        all.sort(Comparator.comparingLong(Allowed::sent));
        int worst = 0;
        for (int i = 0; i < all.size(); i++) {
            int within = 0;
            long begin = all.get(i).sent();
            for (int j = i; j < all.size() && all.get(j).sent() - begin <= stretch.toNanos(); j++) {
                within += all.get(j).answered() - begin <= stretch.toNanos() ? 1 : 0;
            }
            worst = Math.max(worst, within);
        }
        return worst;
    }

    int allowed() {
        return allowed.size();
    }

    long refused() {
        return refused.get();
    }

    long failed() {
        return failed.get();
    }
}
