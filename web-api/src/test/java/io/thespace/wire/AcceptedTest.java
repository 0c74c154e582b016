package io.thespace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|true|false",
                "application/json|true|false",
                "application/*|true|false",
                "text/html|false|false",
                "text/html, */*;q=0.1|true|false",
                "application/json;q=0|false|false",
                "application/problem+json|false|true",
                "application/json, application/problem+json|true|false",
                "application/problem+json, application/json|true|true",
                "application/json;q=0.5, application/problem+json|true|true",
                "application/json;q=nonsense|false|false",
            })
    void rangesAreJudgedByTheMostSpecificOne(String header, boolean json, boolean problem) {
        Accepted accepted = new Accepted(header);
        assertThat(accepted.allows("application/json")).isEqualTo(json);
        assertThat(accepted.prefersProblem()).isEqualTo(problem);
    }

    @Test
    void withoutAHeaderEverythingIsAccepted() {
        assertThat(new Accepted(null).allows("text/html")).isTrue();
        assertThat(new Accepted(null).prefersProblem()).isFalse();
    }
}
