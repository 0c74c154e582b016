package io.thespace.mirrorcore;

import java.util.Map;
import java.util.TreeMap;

/** The counts of several texts together. Not for two threads. */
final class Tally {

    private final Map<String, Long> wordsByLanguage = new TreeMap<>();
    private final long[] functionWords = new long[Lexicon.CATEGORIES.size()];
    private long texts;
    private long characters;
    private long words;
    private long englishWords;
    private long sentences;
    private long syllables;
    private long questions;
    private long hedges;
    private long contentWords;
    private long taggedWords;
    private double sentiment;

    void add(Counts counts) {
        texts++;
        characters += counts.characters();
        words += counts.words();
        // A text without words weighs too, or a language that has none here would never be named.
        wordsByLanguage.merge(counts.language(), 1L + counts.words(), Long::sum);
        if (!counts.english()) {
            return;
        }
        englishWords += counts.words();
        sentences += counts.sentences();
        syllables += counts.syllables();
        questions += counts.questions();
        hedges += counts.hedges();
        contentWords += counts.contentWords();
        taggedWords += counts.taggedWords();
        sentiment += counts.sentiment();
        for (int i = 0; i < functionWords.length; i++) {
            functionWords[i] += counts.functionWords().get(i);
        }
    }

    long texts() {
        return texts;
    }

    long words() {
        return words;
    }

    /** Style matching with another tally; null where one has no English words. */
    Double styleMatch(Tally other) {
        return englishWords == 0 || other.englishWords == 0
                ? null
                : Numbers.rounded(StyleMatch.of(functionWords, englishWords, other.functionWords, other.englishWords));
    }

    /**
     * The measures of all together.
     *
     * @param types different words of all
     * @param mtld of the English words of all, where it has a value
     */
    MeasuresView view(long types, Double mtld) {
        String language = wordsByLanguage.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Languages.UNDETERMINED);
        boolean prose = sentences > 0 && englishWords > 0;
        return new MeasuresView(
                language,
                note(language),
                Math.toIntExact(characters),
                Languages.hasWords(language) ? Integer.valueOf(Math.toIntExact(words)) : null,
                englishWords > 0 ? Integer.valueOf(Math.toIntExact(sentences)) : null,
                Numbers.ratio(types, words),
                Numbers.rounded(englishWords > 0 ? mtld : null),
                prose ? Numbers.rounded(Readability.fleschReadingEase(englishWords, sentences, syllables)) : null,
                prose ? Numbers.rounded(Readability.fleschKincaidGrade(englishWords, sentences, syllables)) : null,
                Numbers.ratio(contentWords, taggedWords),
                Numbers.ratio(questions, sentences),
                Numbers.ratio(hedges, englishWords),
                sentences == 0 ? null : Numbers.rounded(sentiment / sentences));
    }

    private String note(String language) {
        if (texts == 0) {
            return "There is nothing to measure.";
        }
        if (englishWords == 0 && !Languages.hasWords(language)) {
            return "The text is in %s, which is written without blanks between words: only its characters are counted."
                    .formatted(Languages.name(language));
        }
        if (englishWords == 0) {
            return "The text is in %s: only its lengths and its type-token ratio are measured. All else is for English."
                    .formatted(Languages.name(language));
        }
        if (englishWords < words) {
            return "%d of %d words are English: all but the lengths and the type-token ratio are measured of these alone."
                    .formatted(englishWords, words);
        }
        return englishWords < 100 ? "Fewer than 100 words: single words weigh much, most of all in mtld." : null;
    }
}
