package io.thespace.notification;

/**
 * Notifications are read now.
 *
 * @param marked how many were unread before
 */
public record ReadReceipt(int marked, UnreadView unread) {

    /** For the documentation. */
    public static final ReadReceipt EXAMPLE = new ReadReceipt(1, new UnreadView(0, false));
}
