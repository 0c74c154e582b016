package io.thespace.plugin.api;

/**
 * What sort of call an endpoint's is when calls are counted: each caller has an allowance for each class, which
 * configuration sets by role.
 */
public enum LimitClass {
    /** Reads; what a GET is unless it says otherwise. */
    READ,
    /** Writes; what every other method is unless it says otherwise. */
    WRITE,
    /** Costs the platform much more than most. */
    COSTLY,
    /** Comes through the gateway. */
    GATEWAY,
    /** Is never counted: somebody watches the platform with it. */
    NONE
}
