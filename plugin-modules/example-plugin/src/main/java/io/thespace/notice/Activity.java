package io.thespace.notice;

/**
 * The activity of a board.
 *
 * @param posted the number of notices posted
 */
public record Activity(long posted) {}
