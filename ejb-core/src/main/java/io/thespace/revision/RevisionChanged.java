package io.thespace.revision;

/**
 * Fired in a transaction that increases a revision.
 *
 * @param name of the state that has this revision, as in {@link Revisions#watch}
 */
public record RevisionChanged(String name) {}
