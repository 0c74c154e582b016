package io.thespace.event.relay;

/**
 * The result of a replay.
 *
 * @param replayed the number of events that are attempted again
 */
public record ReplayReceipt(int replayed) {

    /** For the documentation. */
    public static final ReplayReceipt EXAMPLE = new ReplayReceipt(1);
}
