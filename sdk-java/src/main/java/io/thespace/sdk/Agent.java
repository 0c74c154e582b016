package io.thespace.sdk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An agent.
 *
 * @param tools the tools that it may use
 * @param budget null for none
 * @param status {@code draft}, {@code active}, {@code paused}, {@code suspended} or {@code archived}
 * @param createdBy the user who created it
 */
public record Agent(
        UUID id,
        String name,
        String description,
        String model,
        List<String> tools,
        Budget budget,
        String status,
        UUID createdBy,
        Instant createdAt,
        Instant changedAt) {}
