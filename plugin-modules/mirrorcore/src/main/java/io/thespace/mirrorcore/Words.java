package io.thespace.mirrorcore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a text into words, as Flesch counts them (How to Write Plain English, 1979): "contractions, hyphenated words,
 * abbreviations, figures" are one word each. A word is a run of letters, marks and digits; an apostrophe or a hyphen between
 * two of them belongs to it, and so does a point or a comma between two digits. Words come in lower case, with a plain
 * apostrophe.
 */
final class Words {

    /** No word is longer than this many characters; what is longer is cut off, so that nothing grows with one word. */
    static final int LONGEST = 64;

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
            while (at < length) {
                int here = text.codePointAt(at);
                if (!part(here) && !joins(text, at)) {
                    break;
                }
                at += Character.charCount(here);
            }
            int end = Math.min(at, start + LONGEST);
            sink.word(text.substring(start, end).toLowerCase(Locale.ROOT).replace('\u2019', '\''));
        }
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
