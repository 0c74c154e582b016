package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void end() {
        open.countDown();
        callers.shutdownNow();
    }

    private Bulkhead bulkhead(Duration limit, int concurrency) {
        return new Bulkhead("thing", limit, concurrency, Thread::new);
    }

    private static void refuses(EndpointError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void workIsDoneOnThePluginsOwnThread() throws Exception {
        assertThat(bulkhead(LONG, 1).run(() -> Thread.currentThread().getName()))
                .isEqualTo("plugin thing 1");
    }

    @Test
    void whateverIsThrownArrivesAsItsCause() {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        assertThatThrownBy(() -> bulkhead.run(() -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void aCallThatIsCancelledIsInterruptedAndItsCallerAnswered() throws Exception {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch interrupted = new CountDownLatch(1);
        refuses(
                EndpointError.CALL_CANCELLED,
                () -> bulkhead.run(
                        () -> {
                            callers.execute(cancellation::cancel);
                            try {
                                return open.await(1, TimeUnit.MINUTES);
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                        },
                        cancellation));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bulkhead.run(() -> "next")).isEqualTo("next");
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndItsCallerAnswered() throws Exception {
        Bulkhead bulkhead = bulkhead(SHORT, 1);
        CountDownLatch interrupted = new CountDownLatch(1);
        refuses(
                EndpointError.PLUGIN_TIMEOUT,
                () -> bulkhead.run(() -> {
                    try {
                        return open.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theLogSaysWhereItWas() {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler keeper = new Handler() {
            @Override
            public void publish(LogRecord line) {
                records.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Bulkhead.class.getName());
        logger.addHandler(keeper);
        try {
            // A call whose thread has not begun when its time is over has no stack.
            for (int i = 0; i < 5 && records.stream().noneMatch(BulkheadTest::hangs); i++) {
                records.clear();
                refuses(EndpointError.PLUGIN_TIMEOUT, () -> bulkhead(SHORT, 1).run(this::hang));
            }
        } finally {
            logger.removeHandler(keeper);
        }
        assertThat(records).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).contains("thing");
            assertThat(line).matches(BulkheadTest::hangs);
        });
    }

    private static boolean hangs(LogRecord line) {
        return Stream.of(line.getThrown().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("hang"));
    }

    private boolean hang() throws InterruptedException {
        return open.await(1, TimeUnit.MINUTES);
    }

    @Test
    void whatFindsNeitherThreadNorPlaceToWaitIsRefusedAtOnce() throws Exception {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        List<Future<Boolean>> calls = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(1);
        calls.add(callers.submit(() -> bulkhead.run(() -> {
            running.countDown();
            return open.await(1, TimeUnit.MINUTES);
        })));
        running.await();
        boolean full = false;
        while (!full) {
            try {
                calls.add(callers.submit(() -> bulkhead.run(() -> true)));
                bulkhead.run(() -> true, Duration.ZERO);
            } catch (Rejection e) {
                full = e.code() == EndpointError.PLUGIN_BUSY;
            }
        }
        open.countDown();
        assertThat(calls.get(0).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void crashesOfSeveralCallersOpenTheBreaker() {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        for (int i = 0; i < Bulkhead.MIN_CALLS; i++) {
            bulkhead.checkBreaker();
            bulkhead.crashed(i % 5, "crash " + i);
        }
        refuses(EndpointError.PLUGIN_RESTING, bulkhead::checkBreaker);
        assertThat(bulkhead.rest()).hasValueSatisfying(why -> assertThat(why).contains("crash 9"));
    }

    @Test
    void crashesOfOneCallerDoNot() {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        for (int i = 0; i < 10 * Bulkhead.MIN_CALLS; i++) {
            bulkhead.checkBreaker();
            bulkhead.crashed("one", "crash " + i);
        }
        bulkhead.checkBreaker();
        assertThat(bulkhead.rest()).isEmpty();
    }

    @Test
    void fewCrashesAmongGoodCallsDoNot() {
        Bulkhead bulkhead = bulkhead(LONG, 1);
        for (int i = 0; i < 10 * Bulkhead.MIN_CALLS; i++) {
            bulkhead.checkBreaker();
            if (i % 3 == 0) {
                bulkhead.crashed(i, "crash " + i);
            } else {
                bulkhead.succeeded();
            }
        }
        bulkhead.checkBreaker();
    }

    @Test
    void drainingLetsCallsEndAndTakesNoMore() throws Exception {
        Bulkhead bulkhead = bulkhead(LONG, 2);
        CountDownLatch running = new CountDownLatch(1);
        Future<Boolean> call = callers.submit(() -> bulkhead.run(() -> {
            running.countDown();
            return open.await(1, TimeUnit.MINUTES);
        }));
        running.await();
        Future<Integer> drained = callers.submit(() -> bulkhead.drain(LONG));
        boolean closed = false;
        while (!closed) {
            try {
                bulkhead.run(() -> true);
            } catch (Rejection e) {
                assertThat(e.code()).isEqualTo(EndpointError.PLUGIN_GONE);
                closed = true;
            }
        }
        open.countDown();
        assertThat(call.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(drained.get(10, TimeUnit.SECONDS)).isZero();
    }
}
