package io.thespace.mirrorcore;

/**
 * A key phrase.
 *
 * @param phrase one to four words, in lower case
 * @param score 1 or more; compares within one text only
 */
public record KeyPhraseView(String phrase, Double score) {}
