package io.thespace.sdk;

import java.util.UUID;

/**
 * The person that data is about, so that data requests can export and erase it.
 *
 * @param userId a user of the platform; null for a person who is not a user
 * @param identifier an external identifier of the person, for example an e-mail address or a customer's number; null
 *     when there is only the user
 */
public record Subject(UUID userId, String identifier) {}
