package io.thespace.sdk;

/**
 * What is to change about a user of the organization; what is null stays.
 *
 * @param status {@code active} or {@code suspended}
 */
public record UserChange(String role, String status) {}
