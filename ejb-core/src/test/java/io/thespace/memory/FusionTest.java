package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FusionTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    private final Fusion fusion = new Fusion();

    /** Worked by hand: 1/(60+rank) of each ranking, times its weight. */
    @Test
    void scoresAreSumsOfReciprocalRanks() {
        fusion.add(Ranking.FULL_TEXT, Map.of(A, 0.9, B, 0.1));
        fusion.add(Ranking.TRIGRAM, Map.of(B, 1.0, C, 0.7));

        assertThat(fusion.best(10).stream().map(Fusion.Fused::id)).containsExactly(B, A, C);
        assertThat(fusion.best(1)).hasSize(1);
        assertThat(fusion.best(1).get(0).score()).isCloseTo(1.0 / 62 + 1.0 / 61, within(1e-15));
    }

    @Test
    void alikeValuesShareAPlace() {
        fusion.add(Ranking.IMPORTANCE, Map.of(A, 0.5, B, 0.5, C, 0.1));

        assertThat(fusion.best(10).stream()
                        .map(fused -> fused.contributions().get(0).rank()))
                .containsExactly(1, 1, 3);
        assertThat(fusion.best(10).get(2).score()).isEqualTo(0.25 / 63);
    }

    @Test
    void theNewerOfTwoAlikeComesFirst() {
        fusion.add(Ranking.FULL_TEXT, Map.of(A, 1.0, B, 1.0));

        assertThat(fusion.best(2).stream().map(Fusion.Fused::id)).containsExactly(B, A);
    }
}
