package io.thespace.plugin.api;

/**
 * What is wrong with one member of a request.
 *
 * @param field the member's path as the client wrote it, in {@code snake_case}, for example {@code amount}
 * @param message what is wrong with it, for a person
 */
public record FieldError(String field, String message) {}
