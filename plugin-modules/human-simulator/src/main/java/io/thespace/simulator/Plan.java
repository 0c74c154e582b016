package io.thespace.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The plan of one persona: its steps, pauses and mistakes. It is drawn before the first request, so it does not depend
 * on responses or clocks.
 *
 * <p>The draw: a {@link SplittableRandom} (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014)
 * is seeded with {@code seed + 0x9E3779B97F4A7C15 × (number + 1)}, wrapping. For each step of the scenario, in order and
 * whether it is done or not, three doubles in [0, 1) are drawn: {@code d}, {@code m} and {@code t}. An optional step is done
 * when {@code d < thoroughness} and its path begins with one of the paths that the persona uses; any other step is always
 * done. The persona mistypes it once before when {@code m < error_rate}. It thinks {@code think_millis × think_factor × (0.5 +
 * t)} milliseconds before, rounded down.
 *
 * @param steps the steps to do, in order
 */
record Plan(List<Doing> steps) {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /**
     * One step to do.
     *
     * @param mistyped whether a mistyped request precedes it
     */
    record Doing(Step step, boolean mistyped, long thinkMillis) {}

    /** @param number of the session in its run, from 0 */
    static Plan of(ScenarioOrder scenario, PersonaView persona, long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed + GOLDEN_GAMMA * (number + 1));
        List<Doing> doings = new ArrayList<>();
        for (Step step : scenario.steps()) {
            double done = random.nextDouble();
            double mistake = random.nextDouble();
            double thought = random.nextDouble();
            boolean used = persona.uses().isEmpty() || persona.uses().stream().anyMatch(step.path()::startsWith);
            if (step.mayBeLeftOut() && (!used || done >= persona.thoroughness().doubleValue())) {
                continue;
            }
            long millis = step.thinkMillis() == null ? 0 : step.thinkMillis();
            doings.add(new Doing(step, mistake < persona.errorRate().doubleValue(), (long)
                    (millis * persona.thinkFactor().doubleValue() * (0.5 + thought))));
        }
        return new Plan(doings);
    }
}
