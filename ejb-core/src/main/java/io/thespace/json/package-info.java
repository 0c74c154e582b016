/**
 * The one JSON form of the product: {@code snake_case} members, exact decimals, RFC 3339 times in UTC with milliseconds,
 * and nothing accepted that was not declared.
 *
 * <p>Invariant: a text that is read holds no value that PostgreSQL cannot store: no NUL character, no half of a surrogate
 * pair, no number beyond a double's exponent; and no time outside the years 1 to 9999.
 */
package io.thespace.json;
