package io.thespace.notification;

/**
 * The result of marking notifications as read.
 *
 * @param marked the number that were unread before
 */
public record ReadReceipt(int marked, UnreadView unread) {

    /** For the documentation. */
    public static final ReadReceipt EXAMPLE = new ReadReceipt(1, new UnreadView(0, false));
}
