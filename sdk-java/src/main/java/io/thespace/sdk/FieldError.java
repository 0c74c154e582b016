package io.thespace.sdk;

/**
 * A validation error of one member of a request.
 *
 * @param field its path, such as {@code budget.amount}
 * @param code {@code REQUIRED}, {@code UNKNOWN}, {@code TYPE}, {@code LENGTH}, {@code RANGE}, {@code FORMAT} or {@code INVALID}
 */
public record FieldError(String field, String code, String message) {}
