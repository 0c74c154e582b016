package io.thespace.monitoring;

import java.util.List;

/**
 * Whether the node can serve.
 *
 * @param status {@code ok}, {@code degraded} (serves, with something missing) or {@code down}
 */
public record ReadinessView(String status, List<Check> checks) {

    /** For the documentation. */
    public static final ReadinessView EXAMPLE =
            new ReadinessView("ok", List.of(new Check("database", "ok", 1, true), new Check("redis", "ok", 1, false)));

    /**
     * How one dependency answered.
     *
     * @param name for example {@code database}
     * @param status {@code ok} or {@code down}
     * @param millis how long it took
     * @param required whether the node cannot serve without it
     */
    public record Check(String name, String status, long millis, boolean required) {}
}
