package io.thespace.mcp.federation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Request to put quarantined tools and prompts in service as offered by the server.
 *
 * @param items the tools and prompts
 */
public record AcceptOrder(@NotNull @Size(min = 1, max = 500) List<@NotNull @Valid AcceptedItem> items) {

    /** For the documentation. */
    public static final AcceptOrder EXAMPLE = new AcceptOrder(List.of(
            new AcceptedItem("tool", "read_file", "4f1c7e0a52b1d1de3cbe1f9af0ac2f7d9b50fbe0a1c2c8fb0e5d7f1f1e0b6a3c")));

    /**
     * A tool or prompt to accept.
     *
     * @param kind {@code tool} or {@code prompt}
     * @param digest of the definition that was reviewed
     */
    public record AcceptedItem(
            @NotNull @Pattern(regexp = "tool|prompt", message = "must be tool or prompt") String kind,
            @NotNull @Size(max = 128) String name,
            @NotNull @Size(max = 64) String digest) {}
}
