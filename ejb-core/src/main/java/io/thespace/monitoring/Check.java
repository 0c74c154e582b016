package io.thespace.monitoring;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A question to something that the node depends on.
 *
 * @param name in {@code snake_case}; of a plugin {@code plugin:id}
 * @param required whether the node cannot serve without it
 * @param limit how long it may take; what takes longer is down
 * @param advice what to do when the question hangs or fails
 */
record Check(String name, boolean required, Duration limit, String advice, Callable<Judgement> question) {}
