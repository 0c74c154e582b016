package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;

/**
 * The measures of a text, or of several together. What is null was not measured; {@code note} says why. Ratios have at most
 * four decimals.
 *
 * @param language a BCP 47 tag; of several texts the one with most words
 * @param note which measures are missing or uncertain, and why; null where all are there
 * @param characters Unicode code points
 * @param words contractions, hyphenated words and figures are one word each
 * @param sentences that have a word
 * @param typeTokenRatio different words for each word, above 0 to 1
 * @param mtld words for each factor ({@link Diversity}); from a hundred words on it says something
 * @param fleschReadingEase at most 121.22 and easier the higher ({@link Readability})
 * @param fleschKincaidGrade years of school in the USA
 * @param lexicalDensity content words for each word, 0 to 1
 * @param questionRatio questions for each sentence, 0 to 1
 * @param hedgeRatio hedges for each word, 0 to 1
 * @param sentiment the mean of the sentences, −1 to 1 ({@link Sentiment})
 */
public record MeasuresView(
        String language,
        @Nullable String note,
        int characters,
        @Nullable Integer words,
        @Nullable Integer sentences,
        @Nullable Double typeTokenRatio,
        @Nullable Double mtld,
        @Nullable Double fleschReadingEase,
        @Nullable Double fleschKincaidGrade,
        @Nullable Double lexicalDensity,
        @Nullable Double questionRatio,
        @Nullable Double hedgeRatio,
        @Nullable Double sentiment) {}
