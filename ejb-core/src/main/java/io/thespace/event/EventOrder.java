package io.thespace.event;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Request to publish an event.
 *
 * @param type one of {@code GET /api/system/event-types} that has a {@code publisher}
 * @param source of the type; needed only when several sources have the type
 * @param subject the subject; the events of one subject keep their order
 * @param data conforms to the type's schema, up to 64 KiB as JSON
 */
public record EventOrder(
        @NotBlank @Size(max = 100) String type,
        @Nullable @Size(max = 200) String source,
        @NotBlank @Size(max = 200) String subject,
        @NotNull Map<String, Object> data) {

    /** For the documentation. */
    public static final EventOrder EXAMPLE = new EventOrder(
            SignalRaised.TYPE.name(), null, "warehouse-7", Map.of("name", "stock_low", "details", Map.of("left", 3)));
}
