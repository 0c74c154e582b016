package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * Successive turns, measured together.
 *
 * @param fromPosition of its first turn
 * @param toPosition of its last turn
 * @param fromTime when its first turn was added
 * @param turns the number of turns
 * @param drift from the window before ({@link Drift}), 0 to 1; null for the first one, and where either has no content
 *     word
 */
public record WindowView(
        int fromPosition, int toPosition, Instant fromTime, int turns, @Nullable Double drift, MeasuresView measures) {}
