package io.thespace.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which failures of steps are tried again. */
class FailedStepsTest {

    @Test
    void aConflictIsFinal() {
        assertThat(FailedSteps.isFinal(new Rejection(EndpointError.CONFLICT, "It conflicts.")))
                .isTrue();
    }

    @Test
    void aRefusalThatNamesATimeToWaitIsNotFinal() {
        assertThat(FailedSteps.isFinal(
                        Rejection.later(EndpointError.KEY_IN_USE, "Send it again.", Duration.ofSeconds(1))))
                .isFalse();
    }

    @Test
    void aDefectIsNotFinal() {
        assertThat(FailedSteps.isFinal(null)).isFalse();
    }
}
