package io.thespace.mirrorcore;

/**
 * What one speaker said in a session, measured together.
 *
 * @param turns how many
 */
public record SpeakerView(String speaker, int turns, MeasuresView measures) {}
