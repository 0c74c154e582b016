package io.thespace.gateway.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.GenerationEnded;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GenerationLogTest {

    private static final Actor PLATFORM = Actor.platform(UUID.randomUUID(), "generation-log-test");

    private final List<String> tried = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private boolean away;

    private final GenerationLog log = new GenerationLog(
            new Generations() {
                @Override
                public void record(Actor actor, GenerationEnded ended) {
                    tried.add(ended.model());
                    if (away || ended.model().startsWith("bad")) {
                        throw new IllegalStateException("bigint out of range");
                    }
                    written.add(ended.model());
                }
            },
            new Meters() {
                @Override
                public void generated(String model, boolean succeeded, Long inputTokens, Long outputTokens) {
                    // Nothing is counted here.
                }
            });

    private void add(String... models) {
        for (String model : models) {
            log.add(PLATFORM, new GenerationEnded(model, model, null, 1L, 1L, null, null, false, 1, Instant.EPOCH));
        }
    }

    @Test
    void oneThatCannotBeWrittenDoesNotHoldUpOthers() {
        add("bad", "a", "b");
        log.flush();
        assertThat(written).containsExactly("a", "b");
        for (int i = 1; i < 10; i++) {
            add("more");
            log.flush();
        }
        assertThat(tried).filteredOn("bad"::equals).hasSize(GenerationLog.MAX_TRIES);
        assertThat(written).hasSize(11);
    }

    @Test
    void severalOfThemDoNotEither() {
        add("bad-1", "bad-2", "bad-3", "bad-4", "a");
        log.flush();
        log.flush();
        assertThat(written).containsExactly("a");
    }

    @Test
    void allWaitsWhileTheDatabaseIsAway() {
        away = true;
        add("a", "b", "c", "d", "e");
        for (int i = 0; i < 3 * GenerationLog.MAX_TRIES; i++) {
            log.flush();
        }
        away = false;
        log.flush();
        assertThat(written).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }
}
