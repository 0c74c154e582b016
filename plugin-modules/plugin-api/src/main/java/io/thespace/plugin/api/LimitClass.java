package io.thespace.plugin.api;

/**
 * The rate limit class of an endpoint: configuration sets a limit for each class and role, and each caller's calls are
 * counted by class.
 */
public enum LimitClass {
    /** Reads; what a GET is unless it says otherwise. */
    READ,
    /** Writes; what every other method is unless it says otherwise. */
    WRITE,
    /** Much more expensive than a typical call. */
    COSTLY,
    /** Comes through the gateway. */
    GATEWAY,
    /** Never counted, for monitoring endpoints. */
    NONE
}
