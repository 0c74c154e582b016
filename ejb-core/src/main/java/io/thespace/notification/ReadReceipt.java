package io.thespace.notification;

/**
 * Notifications are read now.
 *
 * @param marked how many were unread before
 */
public record ReadReceipt(int marked, UnreadView unread) {}
