package io.thespace.webhook;

import java.util.List;
import java.util.UUID;

/**
 * A webhook that has something to do.
 *
 * @param types null for all
 */
public record DueWebhook(UUID id, UUID orgId, List<String> types) {}
