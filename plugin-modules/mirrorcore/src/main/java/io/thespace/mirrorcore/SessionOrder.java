package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Size;

/**
 * Opens or renames a session.
 *
 * @param title for people to find it by; null for none
 */
public record SessionOrder(@Nullable @Size(min = 1, max = 200) String title) {}
