package io.thespace.sdk;

/**
 * A change of a user of the organization; null members are unchanged.
 *
 * @param status {@code active} or {@code suspended}
 */
public record UserChange(String role, String status) {}
