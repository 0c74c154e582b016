package io.thespace.mirrorcore;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to add a turn.
 *
 * @param speaker the name of the speaker; equal names are the same speaker within the session
 * @param text the text of the turn
 */
public record TurnOrder(
        @NotBlank @Size(max = 100) String speaker, @NotBlank @Size(max = TurnOrder.MAX_CHARACTERS) String text) {

    /** Eight thousand words, about an hour of speech. */
    static final int MAX_CHARACTERS = 50_000;
}
