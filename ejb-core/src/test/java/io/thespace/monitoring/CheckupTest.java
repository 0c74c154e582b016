package io.thespace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.monitoring.Judgement.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that hang and fail, beside checks that don't. */
class CheckupTest {

    private static final Judgement FINE = Judgement.of(Level.OK, "All is well.", "none", null);

    private final Checkup checkup = new Checkup(runnable -> {
        Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void release() {
        never.countDown();
        checkup.close();
    }

    @Test
    void oneThatHangsIsDownAndTheOthersAnswer() {
        List<CheckView> views =
                checkup.run(List.of(check("hanging", 100, this::hang), check("fine", 10_000, () -> FINE)));

        assertThat(views).extracting(CheckView::status).containsExactly("down", "ok");
        assertThat(views.get(0).finding()).isEqualTo("No response within 100 ms.");
        assertThat(views.get(0).threshold()).contains("100 ms");
        assertThat(views.get(0).advice()).isEqualTo("Do something.");
        assertThat(views.get(1).advice()).isNull();
    }

    @Test
    void oneThatHangsKeepsOneThread() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        Check hanging = check("hanging", 20, () -> {
            begun.incrementAndGet();
            asked.countDown();
            return hang();
        });

        for (int i = 0; i < 5; i++) {
            assertThat(checkup.run(List.of(hanging)).get(0).status()).isEqualTo("down");
        }

        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(1);
        never.countDown();
        // Waits for the run that hung.
        assertThat(ok(check("hanging", 10_000, () -> FINE))).isTrue();
    }

    private boolean ok(Check check) {
        return checkup.run(List.of(check)).get(0).status().equals("ok");
    }

    @Test
    void whatTheDatabaseSaysIsToldAndWhatNamesClassesIsNot() {
        List<CheckView> views = checkup.run(List.of(
                check("database", 10_000, () -> {
                    throw new IllegalArgumentException("wrapped", new SQLException("The disk is full."));
                }),
                check("defect", 10_000, () -> {
                    throw new ClassCastException("class a.B cannot be cast to class c.D");
                })));

        assertThat(views).extracting(CheckView::status).containsOnly("down");
        assertThat(views.get(0).finding()).isEqualTo("The disk is full.");
        assertThat(views.get(1).finding()).isEqualTo("The check failed; the node's log has the cause.");
    }

    @Test
    void whatIsRequiredDecides() {
        CheckView fine = checkup.run(List.of(check("fine", 10_000, () -> FINE))).get(0);
        CheckView slow = new CheckView("slow", "degraded", true, 1, "", "", "");
        CheckView optional = new CheckView("optional", "down", false, 1, "", "", "");
        CheckView needed = new CheckView("needed", "down", true, 1, "", "", "");

        assertThat(DeepHealth.status(List.of(fine))).isEqualTo("ok");
        assertThat(DeepHealth.status(List.of(fine, slow))).isEqualTo("degraded");
        assertThat(DeepHealth.status(List.of(fine, optional))).isEqualTo("degraded");
        assertThat(DeepHealth.status(List.of(fine, optional, needed))).isEqualTo("down");
    }

    private Judgement hang() throws InterruptedException {
        never.await();
        return FINE;
    }

    private static Check check(String name, int limitMillis, Callable<Judgement> question) {
        return new Check(name, true, Duration.ofMillis(limitMillis), "Do something.", question);
    }
}
