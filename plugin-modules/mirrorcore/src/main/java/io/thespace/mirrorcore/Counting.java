package io.thespace.mirrorcore;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.tokenize.TokenizerME;

/**
 * Counts one text, a piece after the other, so that nothing grows with its length but the set of its different words. Not for
 * two threads.
 */
final class Counting {

    /** The maximum length of a piece that is analysed at once; a sentence that crosses its end counts as two. */
    private static final int PIECE = 8_000;

    private static final Set<String> CONTENT = Set.of("NOUN", "PROPN", "VERB", "ADJ", "ADV");
    private static final Set<String> NO_WORD = Set.of("PUNCT", "SYM");

    private final String text;
    private final String language;
    private final Models.Loaded models;
    private final Set<String> types = new HashSet<>();
    private final int[] functionWords = new int[Lexicon.CATEGORIES.size()];
    private int words;
    private int sentences;
    private int syllables;
    private int questions;
    private int hedges;
    private int contentWords;
    private int taggedWords;
    private double sentiment;

    private Counting(String text, Models.Loaded models) {
        this.text = text;
        this.models = models;
        this.language = Languages.of(text, models.languages());
    }

    static Counts of(String text, Models.Loaded models) {
        return new Counting(text, models).count();
    }

    private Counts count() {
        boolean english = language.equals(Languages.ENGLISH);
        if (Languages.hasWords(language)) {
            Words.each(text, word -> word(word, english));
        }
        if (english) {
            sentences();
        }
        return new Counts(
                language,
                text.codePointCount(0, text.length()),
                words,
                types.size(),
                sentences,
                syllables,
                questions,
                hedges,
                contentWords,
                taggedWords,
                sentiment,
                Arrays.stream(functionWords).boxed().toList());
    }

    private void word(String word, boolean english) {
        words++;
        types.add(word);
        if (!english) {
            return;
        }
        syllables += Syllables.of(word);
        hedges += Lexicon.isHedge(word) ? 1 : 0;
        int categories = Lexicon.categories(word);
        for (int i = 0; categories != 0; i++, categories >>= 1) {
            functionWords[i] += categories & 1;
        }
    }

    private void sentences() {
        SentenceDetectorME detector = new SentenceDetectorME(models.sentences());
        TokenizerME tokenizer = new TokenizerME(models.tokens());
        POSTaggerME tagger = new POSTaggerME(models.partsOfSpeech());
        for (int start = 0; start < text.length(); ) {
            int end = pieceEnd(start);
            for (String sentence : Sentences.of(text.substring(start, end), detector)) {
                sentence(sentence, tokenizer, tagger);
            }
            start = end;
        }
    }

    private void sentence(String sentence, TokenizerME tokenizer, POSTaggerME tagger) {
        if (sentence.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return;
        }
        sentences++;
        sentiment += Sentiment.of(sentence);
        if (asks(sentence)) {
            questions++;
        }
        for (String tag : tagger.tag(tokenizer.tokenize(sentence))) {
            // A contraction is one token of several tags: the first one is that of its stem.
            String first = tag.split("\\+", 2)[0];
            taggedWords += NO_WORD.contains(first) ? 0 : 1;
            contentWords += CONTENT.contains(first) ? 1 : 0;
        }
    }

    /** Whether a question mark is the last of its marks, behind which only closing quotes and brackets stand. */
    private static boolean asks(String sentence) {
        for (int i = sentence.length() - 1; i >= 0; i--) {
            char c = sentence.charAt(i);
            if (c == '?') {
                return true;
            }
            if (Character.isLetterOrDigit(c) || c == '.') {
                return false;
            }
        }
        return false;
    }

    /** A piece ends behind a blank line, else where it is long enough, at a blank if there is one. */
    private int pieceEnd(int start) {
        int most = Math.min(text.length(), start + PIECE);
        int paragraph = text.indexOf("\n\n", start);
        if (paragraph >= 0 && paragraph + 2 <= most) {
            return paragraph + 2;
        }
        if (most == text.length()) {
            return most;
        }
        for (int i = most; i > start + PIECE / 2; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return most;
    }
}
