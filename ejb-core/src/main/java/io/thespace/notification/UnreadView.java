package io.thespace.notification;

/**
 * The number of unread notifications.
 *
 * @param count up to 100, among the newest 1,000 events
 * @param more whether there may be more
 */
public record UnreadView(int count, boolean more) {}
