package io.thespace.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.health.NodeHealth.Source;
import io.thespace.health.NodeHealth.State;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states that the checks report before, while and after a source is registered. */
class NodeHealthTest {

    private final Source source = new Source() {
        @Override
        public State live() {
            throw new IllegalStateException("A secret of the node");
        }

        @Override
        public State ready() {
            return new State(true, Map.of("status", "degraded"));
        }
    };

    @AfterEach
    void remove() {
        NodeHealth.remove(source);
    }

    @Test
    void aSourceIsThereFromRegistrationToRemoval() {
        assertThat(NodeHealth.source()).isEmpty();
        NodeHealth.register(source);
        assertThat(NodeHealth.source()).contains(source);
        NodeHealth.remove(source);
        assertThat(NodeHealth.source()).isEmpty();
    }

    @Test
    void theSourceOfAnOlderDeploymentDoesNotRemoveTheNewerOne() {
        NodeHealth.register(source);
        NodeHealth.remove(new Source() {
            @Override
            public State live() {
                return new State(true, Map.of());
            }

            @Override
            public State ready() {
                return live();
            }
        });
        assertThat(NodeHealth.source()).contains(source);
    }

    @Test
    void aCheckReportsTheStateOfItsSource() {
        assertThat(Responses.evaluate("ready", source, Source::ready))
                .isEqualTo(new State(true, Map.of("status", "degraded")));
    }

    @Test
    void aSourceThatThrowsIsDownWithoutItsMessage() {
        assertThat(Responses.evaluate("live", source, Source::live))
                .isEqualTo(new State(false, Map.of("status", "failed")));
    }
}
