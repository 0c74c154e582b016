package io.thespace.notification;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Request to mark notifications as read.
 *
 * @param notificationIds the notifications, up to 100; null for all unread ones
 */
public record ReadOrder(@Size(min = 1, max = 100) List<@NotNull UUID> notificationIds) {

    /** For the documentation. */
    public static final ReadOrder EXAMPLE =
            new ReadOrder(List.of(UUID.fromString("019a0000-0000-7000-8000-000000000080")));
}
