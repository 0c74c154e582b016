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
public record ReadOrder(@Size(min = 1, max = 100) List<@NotNull UUID> notificationIds) {}
