/**
 * The one JSON form of the product: {@code snake_case} members, exact decimals, RFC 3339 times in UTC with milliseconds,
 * and nothing accepted that was not declared.
 */
package io.thespace.json;
