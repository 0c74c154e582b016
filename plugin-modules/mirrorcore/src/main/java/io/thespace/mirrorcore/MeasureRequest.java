package io.thespace.mirrorcore;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Measures a text without keeping it.
 *
 * @param text at most 200,000 characters
 */
public record MeasureRequest(@NotBlank @Size(max = 200_000) String text) {}
