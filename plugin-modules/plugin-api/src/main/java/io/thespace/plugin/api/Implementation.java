package io.thespace.plugin.api;

/** How far an endpoint is, as its author declares it. */
public enum Implementation {
    IMPLEMENTED,
    MOCKED,
    PENDING
}
