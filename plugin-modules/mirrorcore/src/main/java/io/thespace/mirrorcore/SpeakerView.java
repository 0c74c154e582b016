package io.thespace.mirrorcore;

/**
 * The turns of one speaker in a session, measured together.
 *
 * @param turns the number of turns
 */
public record SpeakerView(String speaker, int turns, MeasuresView measures) {}
