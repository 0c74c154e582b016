package io.thespace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger heard = new AtomicInteger();

    @Test
    @SuppressWarnings("try") // the registration matters by being open
    void listenersHearOnce() {
        try (Cancellation.Registration registered = cancellation.onCancel(heard::incrementAndGet)) {
            cancellation.cancel();
            cancellation.cancel();
        }
        assertThat(heard).hasValue(1);
        assertThat(cancellation.cancelled()).isTrue();
    }

    @Test
    void aLateListenerHearsAtOnce() {
        cancellation.cancel();
        cancellation.onCancel(heard::incrementAndGet).close();
        assertThat(heard).hasValue(1);
    }

    @Test
    void aRegistrationThatEndedHearsNothing() {
        cancellation.onCancel(heard::incrementAndGet).close();
        cancellation.cancel();
        assertThat(heard).hasValue(0);
    }
}
