package io.thespace.endpoint;

/**
 * A body with the entity tag of its resource.
 *
 * @param body becomes JSON
 * @param tag the {@code ETag} as HTTP writes it, quotes included (RFC 9110, section 8.8.3)
 */
public record Tagged<T>(T body, String tag) {}
