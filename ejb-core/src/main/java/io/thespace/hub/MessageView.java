package io.thespace.hub;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A message.
 *
 * @param epoch of its channel
 * @param offset its place among the channel's messages, from 1 on, without gaps
 * @param senderId null when they were erased
 * @param data JSON; null when it was erased
 */
public record MessageView(
        UUID epoch,
        long offset,
        UUID messageId,
        @Nullable UUID senderId,
        Instant sentAt,
        @JsonRawValue @Nullable String data) {}
