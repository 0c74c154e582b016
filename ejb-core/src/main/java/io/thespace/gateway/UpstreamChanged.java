package io.thespace.gateway;

import jakarta.annotation.Nullable;

/**
 * Data of the events that a health check marked an upstream of a route as down, or as up again.
 *
 * @param upstream its origin
 * @param fault the failure; null when it is up
 */
public record UpstreamChanged(String route, String upstream, @Nullable String fault) {}
