package io.thespace.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * The node and all that it depends on.
 *
 * @param status {@code down} when something required is down, else {@code degraded} when anything is not ok, else {@code ok}
 * @param millis how long all checks took together; they run at the same time
 */
public record DeepHealthView(String status, Instant checkedAt, long millis, List<CheckView> checks) {}
