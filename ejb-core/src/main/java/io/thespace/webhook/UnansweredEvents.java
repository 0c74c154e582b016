package io.thespace.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/** Counts consecutive attempts of the same event without a response, on this node. */
final class UnansweredEvents {

    static final int MAX_IN_A_ROW = 5;

    private record Count(UUID eventId, int times) {}

    private final Cache<UUID, Count> counts = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Counts a request without an answer, and returns whether it was the last one of its event for now. */
    boolean add(UUID webhookId, UUID eventId) {
        Count count = counts.asMap()
                .compute(
                        webhookId,
                        (id, before) -> new Count(
                                eventId, before != null && before.eventId().equals(eventId) ? before.times() + 1 : 1));
        if (count.times() < MAX_IN_A_ROW) {
            return false;
        }
        counts.invalidate(webhookId);
        return true;
    }

    void answered(UUID webhookId) {
        counts.invalidate(webhookId);
    }
}
