package io.thespace.plugin.api;

/**
 * One way in which a capability refuses. Each capability has one enum of these, its constants in the order in which the
 * checks run.
 */
public interface ErrorCode {

    /** The constant's name, for example {@code INSUFFICIENT_FUNDS}. */
    String name();

    Kind kind();

    /** When this refusal happens, as one sentence for the API documentation. */
    String summary();
}
