package io.thespace.gateway;

import jakarta.annotation.Nullable;

/**
 * Data of the events that a health check found an upstream of a route unwell, or well again.
 *
 * @param upstream its origin
 * @param fault what is wrong; null when it is well
 */
public record UpstreamChanged(String route, String upstream, @Nullable String fault) {}
