package io.thespace.monitoring;

import java.util.Map;

/**
 * That the node is alive.
 *
 * @param status {@code ok}
 * @param uptime seconds since it started
 * @param version of the platform
 * @param endpointImplementationStatus how many plugin endpoints are implemented, mocked and pending
 */
public record HealthView(
        String status, long uptime, String version, Map<String, Integer> endpointImplementationStatus) {}
