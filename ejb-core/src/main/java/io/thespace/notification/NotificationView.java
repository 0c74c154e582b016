package io.thespace.notification;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened, for one user.
 *
 * @param notificationId the event's id
 * @param type of the event, for example {@code funds_transferred}
 * @param source who published it, for example {@code /plugins/financial_business}
 * @param subject what it is about
 * @param own whether the user caused it
 * @param readAt null while it is unread
 * @param data what the event's type declares
 */
public record NotificationView(
        UUID notificationId,
        String type,
        String source,
        String subject,
        Instant time,
        boolean own,
        @Nullable Instant readAt,
        @JsonRawValue String data) {}
