package io.thespace.simulator;

import java.util.List;

/**
 * A scenario.
 *
 * @param shipped whether it is shipped with the simulator and cannot be changed
 */
public record ScenarioView(String name, String description, int accounts, boolean shipped, List<Step> steps) {

    static ScenarioView of(ScenarioOrder order, boolean shipped) {
        return new ScenarioView(
                order.name(),
                order.description() == null ? "" : order.description(),
                order.fundedAccounts(),
                shipped,
                order.steps());
    }
}
