package io.thespace.financial;

/**
 * An invariant of the ledger.
 *
 * @param name in {@code snake_case}
 * @param description the invariant, as one sentence
 * @param holds whether it holds
 * @param counterexample the first violation; null when it holds
 */
public record InvariantView(String name, String description, boolean holds, String counterexample) {}
