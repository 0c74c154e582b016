package io.thespace.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One dependency, timed and judged.
 *
 * @param status {@code ok}, {@code degraded} or {@code down}
 * @param required whether the node cannot serve without it
 * @param millis how long the check took
 * @param finding what was found
 * @param threshold what it was held against
 * @param advice what to do; absent when all is well
 */
public record CheckView(
        String name,
        String status,
        boolean required,
        long millis,
        String finding,
        String threshold,
        @JsonInclude(JsonInclude.Include.NON_NULL) String advice) {}
