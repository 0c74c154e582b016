package io.thespace.privacy;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Request to create a data request, about a user or about another person. Exactly one of the two is given.
 *
 * @param userId a current or former user of the organization; their e-mail address is searched, too
 * @param identifier an identifier of the person in the organization's data, for example an e-mail address or a
 *     customer's number; a user's e-mail address identifies the user
 */
public record DataRequestOrder(
        @NotNull DataRequestKind kind,
        UUID userId,
        @Size(min = 4, max = 320) @Pattern(regexp = DataRequestOrder.IDENTIFIER, message = DataRequestOrder.WORDS)
                String identifier) {

    /** For the documentation. */
    public static final DataRequestOrder EXAMPLE =
            new DataRequestOrder(DataRequestKind.ACCESS, null, "ada@example.org");

    static final String IDENTIFIER = "[^\"\\\\\\u0000-\\u001F\\u007F]*";
    static final String WORDS = "must not hold quotes, backslashes or control characters";
}
