package io.thespace.sdk;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor null after the last page
 */
record Page<T>(List<T> items, String nextCursor) {}
