package io.thespace.mirrorcore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a text into words, as Flesch counts them (How to Write Plain English, 1979): "contractions, hyphenated words,
 * abbreviations, figures" are one word each. A word is a run of letters, marks and digits; an apostrophe or a hyphen between
 * two of them belongs to it, and so does a point or a comma between two digits. Letters with a point behind each are one word
 * with its points: {@code e.g.}, {@code p.m.}, {@code u.s.}. Words come in lower case, with a plain apostrophe.
 */
final class Words {

    /** The maximum length of a word; longer ones are cut off, to bound memory. */
    static final int MAX_LENGTH = 64;

    /** Two letters or more, each with a point, and no other letter next to them. */
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}])(?:\\p{L}\\.){2,32}(?![\\p{L}\\p{M}\\p{N}])");

    /** Takes words and what separates them, in their order. */
    interface Sink {
        void word(String word);

        /** Something other than a blank stands between the words. */
        default void boundary() {}
    }

    private Words() {}

    static void each(String text, Sink sink) {
        int length = text.length();
        int at = 0;
        while (at < length) {
            int point = text.codePointAt(at);
            if (!part(point)) {
                if (point == '\n' || !Character.isWhitespace(point)) {
                    sink.boundary();
                }
                at += Character.charCount(point);
                continue;
            }
            int start = at;
            int abbreviated = abbreviationEnd(text, start);
            at = abbreviated > start ? abbreviated : wordEnd(text, start);
            int end = Math.min(at, start + MAX_LENGTH);
            if (end < at && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--; // half a character is no text that JSON could hold
            }
            sink.word(text.substring(start, end).toLowerCase(Locale.ROOT).replace('\u2019', '\''));
        }
    }

    private static int wordEnd(String text, int start) {
        int at = start;
        while (at < text.length()) {
            int here = text.codePointAt(at);
            if (!part(here) && !joins(text, at)) {
                break;
            }
            at += Character.charCount(here);
        }
        return at;
    }

    /** Returns the end of an abbreviation of single letters that begins here, or the beginning if there is none. */
    static int abbreviationEnd(String text, int start) {
        Matcher abbreviation =
                ABBREVIATION.matcher(text).region(start, text.length()).useTransparentBounds(true);
        return abbreviation.lookingAt() ? abbreviation.end() : start;
    }

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        each(text, words::add);
        return words;
    }

    private static boolean part(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean joins(String text, int at) {
        if (at == 0 || at + 1 >= text.length()) {
            return false;
        }
        char before = text.charAt(at - 1);
        char after = text.charAt(at + 1);
        return switch (text.charAt(at)) {
            case '\'', '\u2019', '-' -> Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
            case '.', ',' -> Character.isDigit(before) && Character.isDigit(after);
            default -> false;
        };
    }
}
