package io.thespace.mirrorcore;

/** Readability of English prose, from counts alone. */
final class Readability {

    private Readability() {}

    /**
     * Flesch reading ease: 206.835 − 1.015 · words/sentences − 84.6 · syllables/words. From 121.22 (easiest) downwards without
     * an end; 60 to 70 is plain English. Source: Flesch, R. (1948), A new readability yardstick, Journal of Applied Psychology
     * 32(3), 221–233.
     */
    static double fleschReadingEase(long words, long sentences, long syllables) {
        return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words;
    }

    /**
     * Flesch–Kincaid grade: 0.39 · words/sentences + 11.8 · syllables/words − 15.59, a year of school in the USA. From −3.4
     * upwards without an end. Source: Kincaid, J. P., Fishburne, R. P., Rogers, R. L. & Chissom, B. S. (1975), Derivation of new
     * readability formulas for Navy enlisted personnel, Research Branch Report 8-75.
     */
    static double fleschKincaidGrade(long words, long sentences, long syllables) {
        return 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    }
}
