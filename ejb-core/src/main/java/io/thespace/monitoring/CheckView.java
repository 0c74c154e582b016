package io.thespace.monitoring;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The result of checking one dependency.
 *
 * @param status {@code ok}, {@code degraded} or {@code down}
 * @param required whether the node cannot serve without it
 * @param millis the duration of the check
 * @param finding the finding
 * @param threshold the threshold
 * @param advice what to do; absent when the status is ok
 */
public record CheckView(
        String name,
        String status,
        boolean required,
        long millis,
        String finding,
        String threshold,
        @JsonInclude(JsonInclude.Include.NON_NULL) String advice) {}
