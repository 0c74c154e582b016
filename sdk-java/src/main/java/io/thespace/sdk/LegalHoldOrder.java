package io.thespace.sdk;

import java.util.UUID;

/**
 * Somebody's data is to be kept. Exactly one of user and identifier is given, as in {@link DataRequestOrder}.
 *
 * @param reason why, for example the matter's number
 */
public record LegalHoldOrder(UUID userId, String identifier, String reason) {}
