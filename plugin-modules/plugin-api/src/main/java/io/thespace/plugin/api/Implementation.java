package io.thespace.plugin.api;

/** The implementation status of an endpoint, as declared by its author. */
public enum Implementation {
    IMPLEMENTED,
    MOCKED,
    PENDING
}
