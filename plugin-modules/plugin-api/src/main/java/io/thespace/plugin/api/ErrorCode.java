package io.thespace.plugin.api;

/**
 * An error code of a capability. Each capability has one enum of these, its constants in the order of the checks. Each
 * capability has one enum of these, its constants in the order in which the checks run.
 */
public interface ErrorCode {

    /** The constant's name, for example {@code INSUFFICIENT_FUNDS}. */
    String name();

    Kind kind();

    /** Returns when this error occurs, as one sentence for the API documentation. */
    String summary();
}
