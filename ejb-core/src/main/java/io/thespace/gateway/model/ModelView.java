package io.thespace.gateway.model;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;

/**
 * A model with every effective member; see {@link ModelOrder}.
 *
 * @param hasApiKey whether a key is sent to its server
 * @param file of an ONNX model; null for others
 */
public record ModelView(
        String name,
        ModelKind kind,
        @Nullable String baseUrl,
        @Nullable String upstreamModel,
        boolean hasApiKey,
        List<String> roles,
        @Nullable Integer maxTokens,
        @Nullable Integer requestsPerMinute,
        int connectMillis,
        int firstByteMillis,
        int totalMillis,
        int concurrency,
        @Nullable String fallback,
        List<ModelParameter> parameters,
        @Nullable ModelPrice price,
        @Nullable ModelFileView file,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final ModelView EXAMPLE = of(
            ModelOrder.EXAMPLE,
            true,
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));

    /** A view of a complete model. */
    public static ModelView of(
            ModelOrder order, boolean hasApiKey, ModelFileView file, Instant createdAt, Instant changedAt) {
        return new ModelView(
                order.name(),
                order.kind(),
                order.baseUrl(),
                order.upstreamModel(),
                hasApiKey,
                order.roles(),
                order.maxTokens(),
                order.requestsPerMinute(),
                order.connectMillis(),
                order.firstByteMillis(),
                order.totalMillis(),
                order.concurrency(),
                order.fallback(),
                order.parameters(),
                order.price(),
                file,
                createdAt,
                changedAt);
    }
}
