package io.thespace.monitoring;

import java.util.List;

/**
 * The readiness of the node.
 *
 * @param status {@code ok}, {@code degraded} (ready, but an optional dependency is down) or {@code down}
 */
public record ReadinessView(String status, List<Check> checks) {

    /** For the documentation. */
    public static final ReadinessView EXAMPLE =
            new ReadinessView("ok", List.of(new Check("database", "ok", 1, true), new Check("redis", "ok", 1, false)));

    /**
     * The response of one dependency.
     *
     * @param name for example {@code database}
     * @param status {@code ok} or {@code down}
     * @param millis the duration of the check
     * @param required whether the node cannot serve without it
     */
    public record Check(String name, String status, long millis, boolean required) {}
}
