package io.thespace.memory;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * The person that a memory is about, so that data requests can export and erase it.
 *
 * @param userId a user of the platform; null for a person who is not a user
 * @param identifier an external identifier of the person, for example an e-mail address or a customer's number; null
 *     when there is only the user
 */
public record Subject(@Nullable UUID userId, @Nullable @Size(min = 1, max = 320) String identifier) {

    /** For the documentation. */
    public static final Subject EXAMPLE = new Subject(null, "ada@example.org");

    /** The same, or null when it names no person. */
    static Subject orNull(UUID userId, String identifier) {
        return userId == null && identifier == null ? null : new Subject(userId, identifier);
    }
}
