package io.thespace.mirrorcore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.util.Span;

/**
 * The sentences of an English text, by OpenNLP's detector, whose ends at an abbreviation are looked at again: {@code e.g.} ends no
 * sentence; {@code p.m.} and {@code U.S.} end one only where a capital function word follows, as in "at 5 p.m. They left".
 */
final class Sentences {

    /** An abbreviation at the end of what was taken for a sentence, single letters or one of those that a word follows. */
    private static final Pattern ABBREVIATED = Pattern.compile(
            "(?:^|[^\\p{L}\\p{M}\\p{N}])((?:\\p{L}\\.){2,32}|(?i:mr|mrs|ms|dr|prof|cf|vs|approx|incl|esp|no|fig)\\.)$");

    /** Characters of the longest abbreviation with one before it. */
    private static final int MAX_ABBREVIATION = 2 * 2 * 32 + 2;

    private static final Set<String> NEVER_LAST = Set.of(
            "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "prof.", "cf.", "vs.", "approx.", "incl.", "esp.", "fig.");

    private static final Pattern FIRST_WORD = Pattern.compile("[\\p{L}\\p{M}']+");

    private Sentences() {}

    static List<String> of(String text, SentenceDetectorME detector) {
        List<String> sentences = new ArrayList<>();
        int start = -1;
        Span[] spans = detector.sentPosDetect(text);
        for (int i = 0; i < spans.length; i++) {
            start = start < 0 ? spans[i].getStart() : start;
            int end = spans[i].getEnd();
            boolean last = i == spans.length - 1;
            if (last || !goesOn(text.substring(start, end), text.substring(end, spans[i + 1].getEnd()))) {
                sentences.add(text.substring(start, end));
                start = -1;
            }
        }
        return sentences;
    }

    /** Whether a piece and the next one are one sentence. */
    private static boolean goesOn(String piece, String next) {
        // No more than its end: a sentence of many abbreviations would be read again at each of them.
        String end = piece.substring(Math.max(0, piece.length() - MAX_ABBREVIATION));
        Matcher abbreviated = ABBREVIATED.matcher(end);
        if (!abbreviated.find() || next.contains("\n\n")) {
            return false;
        }
        String abbreviation = abbreviated.group(1).toLowerCase(Locale.ROOT);
        if (NEVER_LAST.contains(abbreviation)) {
            return true;
        }
        Matcher word = FIRST_WORD.matcher(next);
        if (!word.find()) {
            return true;
        }
        boolean capital = Character.isUpperCase(word.group().codePointAt(0));
        return !capital || Lexicon.categories(word.group().toLowerCase(Locale.ROOT)) == 0;
    }
}
