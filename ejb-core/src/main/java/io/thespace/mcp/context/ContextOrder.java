package io.thespace.mcp.context;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/**
 * Request to create a context.
 *
 * @param parts up to 32
 * @param expiresAt its expiry, at most 30 days from now; a day from now when left out
 */
public record ContextOrder(
        @NotNull @Size(min = 1, max = 32) List<@NotNull @Valid ContextPart> parts, @Nullable Instant expiresAt) {

    /** For the documentation. */
    public static final ContextOrder EXAMPLE = new ContextOrder(List.of(ContextPart.EXAMPLE), null);
}
