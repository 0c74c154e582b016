package io.thespace.plugin.api;

/**
 * The rate limit class of an endpoint: configuration sets a limit for each class and role, and each caller's calls are
 * counted by class.
 */
public enum LimitClass {
    /** Reads; the default of a GET. */
    READ,
    /** Writes; the default of every other method. */
    WRITE,
    /** Much more expensive than a typical call. */
    COSTLY,
    /** Requests through the gateway. */
    GATEWAY,
    /** Never counted, for monitoring endpoints. */
    NONE
}
