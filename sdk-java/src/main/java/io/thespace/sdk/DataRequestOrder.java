package io.thespace.sdk;

import java.util.UUID;

/**
 * What somebody asks about their data: a user, or somebody who is none. Exactly one of the two is given.
 *
 * @param kind {@code access}, {@code portability} or {@code erasure}
 * @param userId a user of the organization, or one who was; their e-mail address is looked for, too
 * @param identifier how somebody is called in the organization's data, for example an e-mail address or a customer's number;
 *     a user's e-mail address stands for the user
 */
public record DataRequestOrder(String kind, UUID userId, String identifier) {

    /** About a user. */
    public DataRequestOrder(String kind, UUID userId) {
        this(kind, userId, null);
    }

    /** About somebody who need not be a user. */
    public DataRequestOrder(String kind, String identifier) {
        this(kind, null, identifier);
    }
}
