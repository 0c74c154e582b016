package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static Step step(String name, String path, boolean optional) {
        return new Step(name, null, Method.GET, path, null, null, null, 1000, optional, null);
    }

    private static final ScenarioOrder SCENARIO = new ScenarioOrder(
            "walk",
            null,
            null,
            List.of(
                    step("a", "/api/a", false),
                    step("b", "/api/b", true),
                    step("c", "/api/c", true),
                    step("d", "/api/d", false)));

    private static PersonaView persona(String think, String errors, String thoroughness, List<String> uses) {
        return new PersonaView(
                null, "x", new BigDecimal(think), new BigDecimal(errors), new BigDecimal(thoroughness), uses, Map.of());
    }

    private static final PersonaView CARELESS = persona("2", "0.5", "0.5", List.of());

    private static List<String> told(Plan plan) {
        return plan.steps().stream()
                .map(doing -> doing.step().name() + (doing.mistyped() ? "!" : "") + " " + doing.thinkMillis())
                .toList();
    }

    /** Written down once: whoever changes the draw breaks the runs that people want to repeat. */
    @Test
    void theDrawStaysAsItIs() {
        assertThat(told(Plan.of(SCENARIO, CARELESS, 42, 0))).containsExactly("a! 1688", "b 1436", "d! 2026");
    }

    @Test
    void otherSeedsAndOtherSessionsDrawOtherwise() {
        List<List<String>> plans = IntStream.range(0, 50)
                .mapToObj(number -> told(Plan.of(SCENARIO, CARELESS, 7, number)))
                .toList();
        assertThat(plans).doesNotHaveDuplicates();
        assertThat(told(Plan.of(SCENARIO, CARELESS, 8, 0))).isNotEqualTo(plans.get(0));
    }

    @Test
    void traitsShapeWhatIsDone() {
        assertThat(Plan.of(SCENARIO, persona("1", "0", "0", List.of()), 1, 0).steps())
                .extracting(doing -> doing.step().name())
                .containsExactly("a", "d");
        assertThat(Plan.of(SCENARIO, persona("1", "0", "1", List.of("/api/c")), 1, 0)
                        .steps())
                .extracting(doing -> doing.step().name())
                .containsExactly("a", "c", "d");
        assertThat(Plan.of(SCENARIO, persona("1", "1", "1", List.of()), 1, 0).steps())
                .hasSize(4)
                .allMatch(Plan.Doing::mistyped);
        assertThat(Plan.of(SCENARIO, persona("0", "0", "1", List.of()), 1, 0).steps())
                .allMatch(doing -> doing.thinkMillis() == 0);
        assertThat(Plan.of(SCENARIO, PersonaView.ANYBODY, 1, 0).steps())
                .hasSize(4)
                .allMatch(doing -> doing.thinkMillis() >= 500 && doing.thinkMillis() < 1500)
                .noneMatch(Plan.Doing::mistyped);
    }

    /** How often is as likely as the traits say. */
    @Test
    void likelihoodsAreThose() {
        long mistakes = IntStream.range(0, 1000)
                .mapToObj(number -> Plan.of(SCENARIO, persona("1", "0.2", "1", List.of()), 3, number))
                .flatMap(plan -> plan.steps().stream())
                .filter(Plan.Doing::mistyped)
                .count();
        assertThat(mistakes).isBetween(700L, 900L);
    }
}
