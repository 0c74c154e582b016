package io.thespace.financial;

/**
 * Something that must always be true of the ledger.
 *
 * @param name in {@code snake_case}
 * @param description what must be true, as one sentence
 * @param holds whether it is
 * @param counterexample the first thing for which it is not; null when it holds
 */
public record InvariantView(String name, String description, boolean holds, String counterexample) {}
