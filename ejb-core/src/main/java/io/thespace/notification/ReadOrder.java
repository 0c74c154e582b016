package io.thespace.notification;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Notifications were read.
 *
 * @param notificationIds which, up to 100; null for all that are unread
 */
public record ReadOrder(@Size(min = 1, max = 100) List<@NotNull UUID> notificationIds) {

    /** For the documentation. */
    public static final ReadOrder EXAMPLE =
            new ReadOrder(List.of(UUID.fromString("019a0000-0000-7000-8000-000000000080")));
}
