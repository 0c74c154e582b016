package io.thespace.sdk;

import java.util.UUID;

/**
 * Whom something is about, for their requests to see it and to have it erased.
 *
 * @param userId a user of the platform; null for a person who is not a user
 * @param identifier how the person is called elsewhere, for example an e-mail address or a customer's number; null when there
 *     is only the user
 */
public record Subject(UUID userId, String identifier) {}
