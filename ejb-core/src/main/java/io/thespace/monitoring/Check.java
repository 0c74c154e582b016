package io.thespace.monitoring;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A check of a dependency of the node.
 *
 * @param name in {@code snake_case}; of a plugin {@code plugin:id}
 * @param required whether the node cannot serve without it
 * @param limit the time limit; a check that exceeds it counts as down
 * @param advice what to do when the check hangs or fails
 */
record Check(String name, boolean required, Duration limit, String advice, Callable<Judgement> question) {}
