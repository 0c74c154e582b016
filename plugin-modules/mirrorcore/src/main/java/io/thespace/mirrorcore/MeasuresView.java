package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;

/**
 * The measures of a text, or of several together. A null measure is not available; {@code note} gives the reason.
 * Ratios have at most four decimals.
 *
 * @param language a BCP 47 tag; for several texts that with the most words
 * @param note the measures that are missing or uncertain, and why; null where all are available
 * @param characters Unicode code points
 * @param words contractions, hyphenated words and figures are one word each
 * @param sentences with at least one word
 * @param typeTokenRatio different words per word, above 0 to 1
 * @param mtld words per factor ({@link Diversity}); meaningful from a hundred words on
 * @param fleschReadingEase at most 121.22, higher is easier ({@link Readability})
 * @param fleschKincaidGrade years of school in the USA
 * @param lexicalDensity content words per word, 0 to 1
 * @param questionRatio questions per sentence, 0 to 1
 * @param hedgeRatio hedges per word, 0 to 1
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
