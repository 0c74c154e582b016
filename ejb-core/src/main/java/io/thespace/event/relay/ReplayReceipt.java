package io.thespace.event.relay;

/**
 * Events that are attempted again.
 *
 * @param replayed how many
 */
public record ReplayReceipt(int replayed) {

    /** For the documentation. */
    public static final ReplayReceipt EXAMPLE = new ReplayReceipt(1);
}
