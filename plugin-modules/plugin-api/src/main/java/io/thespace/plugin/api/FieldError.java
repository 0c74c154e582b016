package io.thespace.plugin.api;

/**
 * A validation error of one member of a request.
 *
 * @param field the member's path as the client wrote it, for example {@code amount} or {@code steps[2].name}
 * @param code the kind of error, for programs: {@code REQUIRED}, {@code UNKNOWN}, {@code TYPE}, {@code LENGTH}, {@code
 *     RANGE}, {@code FORMAT} or {@code INVALID}
 * @param message the message, a clause that continues the member's name
 */
public record FieldError(String field, String code, String message) {

    /** An error with the code {@code INVALID}, for what no other code covers. */
    public FieldError(String field, String message) {
        this(field, "INVALID", message);
    }
}
