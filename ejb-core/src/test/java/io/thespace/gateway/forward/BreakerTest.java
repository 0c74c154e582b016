package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private long now;
    private final Breaker breaker = new Breaker(() -> now);

    private long admitted() {
        return breaker.admit().orElseThrow();
    }

    private boolean admits() {
        return breaker.admit().isPresent();
    }

    private void fail(int times) {
        long permit = admitted();
        for (int i = 0; i < times; i++) {
            breaker.failed(permit);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aFewFailuresAreBorne() {
        fail(4);
        assertThat(admits()).isTrue();
    }

    @Test
    void failuresAmongSuccessesAreBorne() {
        for (int i = 0; i < 100; i++) {
            breaker.succeeded(admitted());
            breaker.succeeded(admitted());
            breaker.failed(admitted());
        }
        assertThat(admits()).isTrue();
    }

    @Test
    void afterTooManyOneTriesAfterAWhile() {
        fail(5);
        assertThat(admits()).isFalse();
        assertThat(breaker.rests()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        long trial = admitted();
        assertThat(admits()).as("a second one meanwhile").isFalse();
        breaker.succeeded(trial);
        assertThat(admits()).isTrue();
        assertThat(admits()).isTrue();
    }

    @Test
    void aFailedTryMakesTheWhileLonger() {
        fail(5);
        pass(Duration.ofSeconds(2));
        breaker.failed(admitted());
        pass(Duration.ofSeconds(3));
        assertThat(admits()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(admits()).isTrue();
    }

    @Test
    void aTryWithoutAnOutcomeLeavesItToTheNext() {
        fail(5);
        pass(Duration.ofSeconds(2));
        breaker.unknown(admitted());
        assertThat(admits()).isTrue();
    }

    @Test
    void aTryThatLastsDoesNotHoldUpOthers() {
        fail(5);
        pass(Duration.ofSeconds(2));
        assertThat(admits()).isTrue();
        now += Duration.ofSeconds(2).toNanos() - 1;
        assertThat(admits()).isFalse();
        now++;
        assertThat(admits()).isTrue();
        assertThat(admits()).as("one more meanwhile").isFalse();
    }

    @Test
    void anAnswerThatBeginsIsEnough() {
        fail(5);
        pass(Duration.ofSeconds(2));
        breaker.responded(admitted());
        assertThat(admits()).isTrue();
        assertThat(breaker.rests()).isZero();
    }

    private List<Long> trials(int count) {
        List<Long> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pass(Duration.ofSeconds(2));
            trials.add(admitted());
        }
        return trials;
    }

    @Test
    void triesThatHungDoNotOpenItAgain() {
        fail(5);
        List<Long> trials = trials(6);
        breaker.responded(trials.get(5));
        trials.subList(0, 5).forEach(breaker::failed);
        assertThat(admits()).isTrue();
        assertThat(breaker.rests()).isZero();
    }

    @Test
    void requestsFromBeforeItOpenedDoNotCountOnceItHasClosed() {
        long before = admitted();
        fail(5);
        breaker.succeeded(trials(1).get(0));
        for (int i = 0; i < 5; i++) {
            breaker.failed(before);
        }
        assertThat(admits()).isTrue();
    }

    @Test
    void onlyTheNewestTryMakesTheWhileLonger() {
        long before = admitted();
        fail(5);
        List<Long> trials = trials(2);
        breaker.failed(before);
        breaker.failed(trials.get(0));
        breaker.unknown(trials.get(0));
        assertThat(breaker.rests()).isZero();
        assertThat(admits()).as("the newest one lasts").isFalse();
        breaker.responded(trials.get(1));
        assertThat(admits()).isTrue();
    }

    @Test
    void anEarlierTryThatIsAnsweredIsEnough() {
        fail(5);
        List<Long> trials = trials(2);
        breaker.failed(trials.get(1));
        assertThat(admits()).isFalse();
        breaker.responded(trials.get(0));
        assertThat(admits()).isTrue();
    }

    @Test
    void anAnswerToARequestFromBeforeItOpenedIsNotEnough() {
        long before = admitted();
        fail(5);
        trials(1);
        breaker.succeeded(before);
        assertThat(admits()).isFalse();
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
