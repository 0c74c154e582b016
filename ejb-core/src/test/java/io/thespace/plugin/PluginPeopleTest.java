package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose data counts as asked for. */
class PluginPeopleTest {

    private static final Wish RUNS =
            new Wish("calendar", "1.0.0", null, PluginState.ENABLED, null, null, Set.of(), Instant.EPOCH);

    @Test
    void aPluginThatHasStartedSinceWasNotAsked() {
        PluginPeople people = new PluginPeople(null, new Installations() {
            @Override
            public List<String> schemasInUse() {
                return List.of("calendar", "notes");
            }

            @Override
            public Optional<Wish> find(String id) {
                return Optional.of(RUNS);
            }
        });

        assertThat(people.unreachable(List.of("notes")))
                .extracting(PluginPeople.Unreachable::plugin)
                .containsExactly("calendar");
    }
}
