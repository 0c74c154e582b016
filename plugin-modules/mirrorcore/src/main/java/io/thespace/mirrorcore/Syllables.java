package io.thespace.mirrorcore;

import java.util.regex.Pattern;

/**
 * Counts the syllables of an English word by its spelling:
 *
 * <ol>
 *   <li>each run of the vowels a, e, i, o, u and y is a syllable;
 *   <li>a silent ending is none: {@code e}, {@code es} and {@code ed} after a consonant, unless the {@code e} is heard: in
 *       {@code le} after a consonant (table), in {@code es} after a hiss (houses, boxes), in {@code ed} after d or t (wanted);
 *   <li>two vowels that are heard apart are two syllables: {@code ia} unless it follows c, g, l, s or t (social, Australian),
 *       {@code io} unless it follows c, g, s, t or x (nation), {@code iu}, {@code eo} unless it follows g or p (people), {@code
 *       ea} in {@code creat} (created, but creature) and behind another syllable at the end (idea), {@code ua} unless it follows g or q, {@code uou}, {@code ying} and {@code eing};
 *   <li>{@code sm} at the end is one more (prism), and so is {@code n't} after a consonant other than r (didn't);
 *   <li>the parts of a hyphenated word count apart; each digit is one syllable; no word has less than one.
 * </ol>
 *
 * <p>A rule by spelling is wrong for some words; for running text the errors nearly cancel out.
 */
final class Syllables {

    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
    private static final Pattern SILENT = Pattern.compile(
            "(?<=[aeiouy].{0,60})((?<![aeiouy])(?<![^aeiouy]l)e|(?<![aeiouysxzcg]|[cs]h)es|(?<![aeiouydt])ed)$");
    private static final Pattern APART = Pattern.compile(
            "(?<![cglst])i(?=a)|(?<![cgstx])i(?=o)|i(?=u)|(?<![gp])e(?=o)|(?<=cr)e(?=at(?!u))|(?<=[aeiouy][^aeiouy]{1,3})e(?=a$)|(?<![gq])u(?=a)|u(?=ou)|y(?=ing)|e(?=ing)");
    private static final Pattern MORE = Pattern.compile("sms?$|(?<=[^aeiouyr])n't$");

    private Syllables() {}

    /** @param word in lower case, as {@link Words} gives it */
    static int of(String word) {
        int count = 0;
        for (String part : word.split("-", -1)) {
            count += part(part);
        }
        return Math.max(1, count);
    }

    private static int part(String word) {
        if (word.isEmpty()) {
            return 0;
        }
        if (Character.isDigit(word.charAt(0))) {
            return (int) word.chars().filter(Character::isDigit).count();
        }
        int more = MORE.matcher(word).find() ? 1 : 0;
        String plain = word.replaceAll("('s|n't|')", "");
        String heard = SILENT.matcher(plain).replaceFirst("");
        return Math.max(
                        1,
                        (int) VOWELS.matcher(heard).results().count()
                                + (int) APART.matcher(heard).results().count())
                + more;
    }
}
