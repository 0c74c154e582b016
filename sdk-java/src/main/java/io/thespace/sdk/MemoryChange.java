package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** A change of a memory; members that are not set are unchanged. */
public final class MemoryChange extends MergePatch<MemoryChange> {

    public MemoryChange() {
        this(Map.of());
    }

    private MemoryChange(Map<String, Object> members) {
        super(members, MemoryChange::new);
    }

    /** Cannot be null. */
    public MemoryChange content(String content) {
        return with("content", content);
    }

    /** Null for none. */
    public MemoryChange category(String category) {
        return with("category", category);
    }

    /** 0 to 1; null for 0.5. */
    public MemoryChange importance(BigDecimal importance) {
        return with("importance", importance);
    }

    /** Cannot be null. */
    public MemoryChange validFrom(Instant validFrom) {
        return with("valid_from", validFrom);
    }

    /** Null for never. */
    public MemoryChange validTo(Instant validTo) {
        return with("valid_to", validTo);
    }

    /** Null for none. */
    public MemoryChange source(String source) {
        return with("source", source);
    }

    /** A merge patch itself: members that are null are cleared; null clears all. */
    public MemoryChange metadata(Map<String, ?> metadata) {
        return with("metadata", metadata);
    }

    /** Null for no person; what is null in it stays. */
    public MemoryChange subject(Subject subject) {
        return with("subject", subject);
    }
}
