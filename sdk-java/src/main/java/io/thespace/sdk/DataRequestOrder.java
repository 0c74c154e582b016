package io.thespace.sdk;

import java.util.UUID;

/**
 * Request to create a data request, about a user or about another person. Exactly one of the two is given.
 *
 * @param kind {@code access}, {@code portability} or {@code erasure}
 * @param userId a current or former user of the organization; their e-mail address is searched, too
 * @param identifier an identifier of the person in the organization's data, for example an e-mail address or a
 *     customer's number; a user's e-mail address identifies the user
 */
public record DataRequestOrder(String kind, UUID userId, String identifier) {

    /** About a user. */
    public DataRequestOrder(String kind, UUID userId) {
        this(kind, userId, null);
    }

    /** A request about a person who need not be a user. */
    public DataRequestOrder(String kind, String identifier) {
        this(kind, null, identifier);
    }
}
