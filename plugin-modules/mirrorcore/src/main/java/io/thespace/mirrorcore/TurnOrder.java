package io.thespace.mirrorcore;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Adds a turn.
 *
 * @param speaker who spoke, by any name; the same name is the same speaker within the session
 * @param text what was said
 */
public record TurnOrder(
        @NotBlank @Size(max = 100) String speaker, @NotBlank @Size(max = TurnOrder.MAX_CHARACTERS) String text) {

    /** Eight thousand words, about an hour of speech. */
    static final int MAX_CHARACTERS = 50_000;
}
