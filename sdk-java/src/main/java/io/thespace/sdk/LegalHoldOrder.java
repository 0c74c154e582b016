package io.thespace.sdk;

import java.util.UUID;

/**
 * Request to place a legal hold. Exactly one of user and identifier is given, as in {@link DataRequestOrder}.
 *
 * @param reason the reason, for example the matter's number
 */
public record LegalHoldOrder(UUID userId, String identifier, String reason) {}
