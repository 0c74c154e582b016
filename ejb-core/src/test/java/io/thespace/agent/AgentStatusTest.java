package io.thespace.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentStatusTest {

    @ParameterizedTest
    @CsvSource({
        "DRAFT, ACTIVE ARCHIVED",
        "ACTIVE, PAUSED SUSPENDED ARCHIVED",
        "PAUSED, ACTIVE SUSPENDED ARCHIVED",
        "SUSPENDED, ACTIVE ARCHIVED",
        "ARCHIVED, ''",
    })
    void goesNowhereElse(AgentStatus from, String allowed) {
        for (AgentStatus to : AgentStatus.values()) {
            assertThat(from.leadsTo(to))
                    .as("%s to %s", from, to)
                    .isEqualTo((" " + allowed + " ").contains(" " + to + " "));
        }
        assertThat(from.acts()).isEqualTo(from == AgentStatus.ACTIVE);
        assertThat(AgentStatus.of(from.text())).isEqualTo(from);
    }
}
