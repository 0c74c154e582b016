package io.thespace.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnansweredEventsTest {

    private final UnansweredEvents unanswered = new UnansweredEvents();
    private final UUID webhook = UUID.randomUUID();
    private final UUID event = UUID.randomUUID();

    private int timesUntilLast() {
        int times = 1;
        while (!unanswered.add(webhook, event)) {
            times++;
        }
        return times;
    }

    @Test
    void anEventIsGivenUpAfterSomeRequestsInARow() {
        assertThat(timesUntilLast()).isEqualTo(UnansweredEvents.MAX_IN_A_ROW);
        assertThat(timesUntilLast()).isEqualTo(UnansweredEvents.MAX_IN_A_ROW);
    }

    @Test
    void anAnswerOrAnotherEventBeginsAnew() {
        unanswered.add(webhook, event);
        unanswered.answered(webhook);
        assertThat(timesUntilLast()).isEqualTo(UnansweredEvents.MAX_IN_A_ROW);

        unanswered.add(webhook, event);
        unanswered.add(webhook, UUID.randomUUID());
        assertThat(timesUntilLast()).isEqualTo(UnansweredEvents.MAX_IN_A_ROW);
    }
}
