package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private long now;
    private final Breaker breaker = new Breaker(() -> now);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    @Test
    void aFewFailuresAreBorne() {
        fail(4);
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void failuresAmongSuccessesAreBorne() {
        for (int i = 0; i < 100; i++) {
            breaker.succeeded();
            breaker.succeeded();
            breaker.failed();
        }
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void afterTooManyOneTriesAfterAWhile() {
        fail(5);
        assertThat(breaker.admits()).isFalse();
        assertThat(breaker.rests()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("a second one meanwhile").isFalse();
        breaker.succeeded();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void aFailedTryMakesTheWhileLonger() {
        fail(5);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.admits()).isTrue();
        breaker.failed();
        now += Duration.ofSeconds(3).toNanos();
        assertThat(breaker.admits()).isFalse();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void aTryWithoutAnOutcomeLeavesItToTheNext() {
        fail(5);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.admits()).isTrue();
        breaker.unknown();
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void aTryThatLastsDoesNotHoldUpOthers() {
        fail(5);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.admits()).isTrue();
        now += Duration.ofSeconds(2).toNanos() - 1;
        assertThat(breaker.admits()).isFalse();
        now++;
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).as("one more meanwhile").isFalse();
    }

    @Test
    void anAnswerThatBeginsIsEnough() {
        fail(5);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(breaker.admits()).isTrue();
        breaker.responded();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.rests()).isZero();
    }

    @Test
    void retriesAreAFifth() {
        RetryBudget budget = new RetryBudget();
        int spent = 0;
        for (int i = 0; i < 1000; i++) {
            budget.earn();
            spent += budget.spend() ? 1 : 0;
        }
        assertThat(spent).isBetween(200, 211);
    }
}
