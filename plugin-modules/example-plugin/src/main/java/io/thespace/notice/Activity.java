package io.thespace.notice;

/**
 * How busy a board is.
 *
 * @param posted how many notices were posted
 */
public record Activity(long posted) {}
