package io.thespace.monitoring;

import java.util.Map;

/**
 * The liveness of the node.
 *
 * @param status {@code ok}
 * @param uptime seconds since it started
 * @param version of the platform
 * @param endpointImplementationStatus the numbers of implemented, mocked and pending plugin endpoints
 */
public record HealthView(
        String status, long uptime, String version, Map<String, Integer> endpointImplementationStatus) {

    /** For the documentation. */
    public static final HealthView EXAMPLE =
            new HealthView("ok", 12345, "0.1.0", Map.of("implemented", 10, "mocked", 0, "pending", 0));
}
