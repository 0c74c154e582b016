package io.thespace.mirrorcore;

import java.util.List;

/**
 * The counts of one text. All but the language are additive, so those of a conversation are sums of those of its turns.
 *
 * @param language a BCP 47 tag
 * @param characters Unicode code points
 * @param words by {@link Words}; 0 for a language without blanks between words
 * @param types different words
 * @param sentences with at least one word; this and the following are 0 unless the text is English
 * @param questions sentences that end with a question mark
 * @param contentWords tokens tagged as noun, proper noun, verb, adjective or adverb
 * @param taggedWords tokens tagged as anything but punctuation and symbols
 * @param sentiment the sentences' {@link Sentiment}, summed
 * @param functionWords by category, see {@link Lexicon#CATEGORIES}
 */
record Counts(
        String language,
        int characters,
        int words,
        int types,
        int sentences,
        int syllables,
        int questions,
        int hedges,
        int contentWords,
        int taggedWords,
        double sentiment,
        List<Integer> functionWords) {

    boolean english() {
        return language.equals(Languages.ENGLISH);
    }
}
