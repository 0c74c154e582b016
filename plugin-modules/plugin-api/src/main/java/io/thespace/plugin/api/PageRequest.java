package io.thespace.plugin.api;

import java.util.Optional;

/**
 * The requested page of an unbounded list.
 *
 * @param limit the maximum number of items, 1 to 100
 * @param after the key that the page before ended with, as that {@link Page} gave it; empty for the first page. The
 *     platform signs it on its way out and checks it on its way in, so it can be trusted.
 */
public record PageRequest(int limit, Optional<String> after) {}
