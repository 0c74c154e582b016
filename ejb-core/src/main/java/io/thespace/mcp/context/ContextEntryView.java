package io.thespace.mcp.context;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A context in a list, without its data.
 *
 * @param partNames of its parts
 */
public record ContextEntryView(
        UUID contextId, List<String> partNames, Instant expiresAt, long version, Instant createdAt, Instant changedAt) {

    /** For the documentation. */
    public static final ContextEntryView EXAMPLE = of(ContextView.EXAMPLE);

    static ContextEntryView of(ContextView context) {
        return new ContextEntryView(
                context.contextId(),
                context.parts().stream().map(ContextPart::name).toList(),
                context.expiresAt(),
                context.version(),
                context.createdAt(),
                context.changedAt());
    }
}
