package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose data counts as asked for. */
class PluginPersonalDataTest {

    private static final DesiredPlugin RUNS =
            new DesiredPlugin("calendar", "1.0.0", null, PluginState.ENABLED, null, null, Set.of(), Instant.EPOCH);

    @Test
    void aPluginThatHasStartedSinceWasNotAsked() {
        PluginPersonalData people = new PluginPersonalData(null, new Installations() {
            @Override
            public List<String> schemasInUse() {
                return List.of("calendar", "notes");
            }

            @Override
            public Optional<DesiredPlugin> find(String id) {
                return Optional.of(RUNS);
            }
        });

        assertThat(people.unreachable(List.of("notes")))
                .extracting(PluginPersonalData.Unreachable::plugin)
                .containsExactly("calendar");
    }
}
