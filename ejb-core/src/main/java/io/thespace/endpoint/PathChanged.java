package io.thespace.endpoint;

import java.util.UUID;

/**
 * A call that may have changed something has succeeded.
 *
 * @param orgId the organization of its caller; null for an anonymous one
 * @param path the endpoint's path with the values of its parameters, percent-encoded
 */
public record PathChanged(UUID orgId, String path) {}
