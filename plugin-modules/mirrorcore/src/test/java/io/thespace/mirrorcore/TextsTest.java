package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three texts in the public domain, counted by hand; the numbers in the comments are the derivation of what is expected. */
class TextsTest {

    /** Lincoln, Gettysburg Address (1863). */
    static final String GETTYSBURG =
            "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in"
                    + " Liberty, and dedicated to the proposition that all men are created equal.";

    /** Carroll, Alice's Adventures in Wonderland (1865). */
    static final String ALICE =
            "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do:"
                    + " once or twice she had peeped into the book her sister was reading, but it had no pictures or"
                    + " conversations in it, \u201cand what is the use of a book,\u201d thought Alice \u201cwithout"
                    + " pictures or conversations?\u201d";

    /** Austen, Pride and Prejudice (1813). */
    static final String PRIDE =
            "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want"
                    + " of a wife. However little known the feelings or views of such a man may be on his first entering"
                    + " a neighbourhood, this truth is so well fixed in the minds of the surrounding families, that he"
                    + " is considered as the rightful property of some one or other of their daughters.";

    private static MeasuresView measure(String text) {
        return Measured.of(text, Conversations.MODELS.get()).view();
    }

    private static Counts count(String text) {
        return Counting.of(text, Conversations.MODELS.get());
    }

    /**
     * 30 words in 1 sentence, all different but "and": 29 types.
     *
     * <p>Syllables: Four score and seven years ago 8, our fathers brought forth 5, on this continent 5, a new nation 4,
     * conceived in Liberty 6, and dedicated to the proposition 11, that all men are created equal 9: 48.
     */
    @Test
    void gettysburg() {
        MeasuresView measures = measure(GETTYSBURG);

        assertThat(measures.language()).isEqualTo("en");
        assertThat(measures.words()).isEqualTo(30);
        assertThat(measures.sentences()).isEqualTo(1);
        assertThat(count(GETTYSBURG).syllables()).isEqualTo(48);
        // 206.835 − 1.015 · 30 − 84.6 · 48/30; 0.39 · 30 + 11.8 · 48/30 − 15.59
        assertThat(measures.fleschReadingEase()).isEqualTo(41.025);
        assertThat(measures.fleschKincaidGrade()).isEqualTo(14.99);
        assertThat(measures.typeTokenRatio()).isCloseTo(29 / 30.0, within(0.00005));
        // No whole factor; a part of (1 − 29/30) / 0.28 in both directions: 30 / 0.11905.
        assertThat(measures.mtld()).isEqualTo(252);
        assertThat(measures.questionRatio()).isZero();
        assertThat(measures.hedgeRatio()).isZero();
        // Liberty 2.4, dedicated 2.0, created 1.0: s = 5.4, s / √(s² + 15)
        assertThat(measures.sentiment()).isCloseTo(0.8126, within(0.0001));
    }

    /**
     * 57 words in 1 sentence, a question; 40 types: 13 words occur twice (alice, was, to, her, sister, and, had, book,
     * it, pictures, conversations … ) or three times (of, the, or).
     *
     * <p>Syllables by tens of words: 15, 13, 11, 13, 13, and 13 for the last seven: 78.
     */
    @Test
    void alice() {
        MeasuresView measures = measure(ALICE);

        assertThat(measures.words()).isEqualTo(57);
        assertThat(measures.sentences()).isEqualTo(1);
        assertThat(count(ALICE).syllables()).isEqualTo(78);
        // 206.835 − 1.015 · 57 − 84.6 · 78/57; 0.39 · 57 + 11.8 · 78/57 − 15.59
        assertThat(measures.fleschReadingEase()).isCloseTo(33.2116, within(0.0001));
        assertThat(measures.fleschKincaidGrade()).isCloseTo(22.7874, within(0.0001));
        assertThat(measures.typeTokenRatio()).isCloseTo(40 / 57.0, within(0.00005));
        // One factor ends at the 56th word, in both directions; the word that is left is no part of one.
        assertThat(measures.mtld()).isEqualTo(57);
        assertThat(measures.questionRatio()).isEqualTo(1);
        assertThat(measures.hedgeRatio()).isZero();
        // tired −1.9, with "very" −2.193, halved before "but"; no −1.2, by half more behind it: s = −2.8965
        assertThat(measures.sentiment()).isCloseTo(-0.5989, within(0.0001));
    }

    /**
     * 23 + 48 words in 2 sentences, 49 types.
     *
     * <p>Syllables: 17 + 13 + 3 in the first sentence, 14 + 14 + 10 + 19 + 10 in the second: 100.
     */
    @Test
    void prideAndPrejudice() {
        MeasuresView measures = measure(PRIDE);

        assertThat(measures.words()).isEqualTo(71);
        assertThat(measures.sentences()).isEqualTo(2);
        assertThat(count(PRIDE).syllables()).isEqualTo(100);
        // 206.835 − 1.015 · 71/2 − 84.6 · 100/71; 0.39 · 71/2 + 11.8 · 100/71 − 15.59
        assertThat(measures.fleschReadingEase()).isCloseTo(51.6476, within(0.0001));
        assertThat(measures.fleschKincaidGrade()).isCloseTo(14.8747, within(0.0001));
        assertThat(measures.typeTokenRatio()).isCloseTo(49 / 71.0, within(0.00005));
        // Forwards a factor ends at the 52nd word, and 17 types in the last 19 are (1 − 17/19) / 0.28 of one: 71 /
        // 1.37594.
        // Backwards one ends at the 64th, and the last 7 differ: 71. The mean:
        assertThat(measures.mtld()).isCloseTo(61.3005, within(0.0001));
        assertThat(measures.questionRatio()).isZero();
        // "may"
        assertThat(measures.hedgeRatio()).isCloseTo(1 / 71.0, within(0.00005));
        // truth 1.3 + good 1.9 + want 0.3 = 3.5: 0.6705; truth 1.3 + well 1.1 with "so" 1.393 = 2.693: 0.5709; the mean
        assertThat(measures.sentiment()).isCloseTo(0.6207, within(0.0001));
    }

    /** By hand: of 30 words 9 nouns, 5 verbs, 4 adjectives and an adverb or two, as the tagger decides. */
    @Test
    void lexicalDensityIsTheShareOfContentWords() {
        assertThat(measure(GETTYSBURG).lexicalDensity()).isBetween(0.5, 0.7);
        assertThat(measure("The cat sat on the mat.").lexicalDensity()).isEqualTo(0.5);
    }

    @Test
    void functionWordsAreCountedByCategory() {
        // I (personal) do n't (auxiliary, negation) know what (impersonal) is (auxiliary) in (preposition) the
        // (article) big box
        // or (conjunction) if (conjunction) it (impersonal) really (adverb) has (auxiliary) many (quantifier)
        assertThat(count("I don't know what is in the big box or if it really has many.")
                        .functionWords())
                .containsExactly(1, 2, 1, 2, 1, 3, 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ich weiß nicht, was soll es bedeuten, dass ich so traurig bin.                    | de | German",
                "Longtemps, je me suis couché de bonne heure, et parfois mes yeux se fermaient.    | fr | French",
                "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, vivía un hidalgo.    | es | Spanish",
                "Все счастливые семьи похожи друг на друга, каждая несчастливая несчастлива.        | ru | Russian",
            })
    void ofOtherLanguagesOnlyLengthsAreMeasured(String text, String language, String name) {
        MeasuresView measures = measure(text);

        assertThat(measures.language()).isEqualTo(language);
        assertThat(measures.note()).contains("is in " + name);
        assertThat(measures.characters()).isEqualTo(text.length());
        assertThat(measures.words()).isEqualTo(Words.of(text).size());
        assertThat(measures.typeTokenRatio()).isBetween(0.5, 1.0);
        assertThat(measures.sentences()).isNull();
        assertThat(measures.fleschReadingEase()).isNull();
        assertThat(measures.mtld()).isNull();
        assertThat(measures.lexicalDensity()).isNull();
        assertThat(measures.questionRatio()).isNull();
        assertThat(measures.hedgeRatio()).isNull();
        assertThat(measures.sentiment()).isNull();
    }

    @Test
    void withoutBlanksBetweenWordsOnlyCharactersAreCounted() {
        String cat = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。";
        MeasuresView measures = measure(cat);

        assertThat(measures.language()).isEqualTo("ja");
        assertThat(measures.words()).isNull();
        assertThat(measures.typeTokenRatio()).isNull();
        assertThat(measures.note()).contains("without blanks");
        assertThat(measures.characters()).isEqualTo(cat.length());
    }

    /** Too short for the detector; their scripts are enough. */
    @ParameterizedTest
    @CsvSource({"名前はまだ無い。, ja", "你好吗？, zh", "東京タワー, ja", "สวัสดีครับ, th", "ສະບາຍດີ, lo"})
    void shortTextsWithoutBlanksHaveNoWords(String text, String language) {
        MeasuresView measures = measure(text);

        assertThat(measures.language()).isEqualTo(language);
        assertThat(measures.words()).isNull();
        assertThat(measures.typeTokenRatio()).isNull();
        assertThat(measures.note()).contains("without blanks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bring fruit, e.g. apples and pears.                    | 1 | e.g.",
                "We meet at 5 p.m. on Monday in the hall.               | 1 | p.m.",
                "The U.S. Senate voted on the bill yesterday.           | 1 | u.s.",
                "We met at 5 p.m. They left at nine.                    | 2 | p.m.",
                "It is cheap, i.e. It costs nothing at all.             | 1 | i.e.",
                "They live in the U.S.A. and like it there very much.   | 1 | u.s.a.",
            })
    void abbreviationsAreOneWordAndEndNoSentence(String text, int sentences, String word) {
        assertThat(Words.of(text)).contains(word);
        assertThat(count(text).sentences()).isEqualTo(sentences);
    }

    @Test
    void pointsBetweenWordsAreNoAbbreviations() {
        assertThat(Words.of("a.b c. d. end.So x.y.z")).containsExactly("a", "b", "c", "d", "end", "so", "x", "y", "z");
    }

    /** Half a character is no text that JSON could hold. */
    @Test
    void aLongWordIsNotCutWithinACharacter() {
        String word = Words.of("a" + "\ud835\udc00".repeat(Words.MAX_LENGTH)).get(0);

        assertThat(word).isEqualTo("a" + "\ud835\udc00".repeat(31));
    }

    @ParameterizedTest
    @CsvSource({"ok thanks, en", "Hello there, en", "да нет, und", "1234 !?, und"})
    void shortTextsAreTakenForEnglishWhereTheyMayBe(String text, String language) {
        assertThat(measure(text).language()).isEqualTo(language);
    }

    @Test
    void englishProseIsFoundToBeEnglish() {
        for (String text : new String[] {GETTYSBURG, ALICE, PRIDE}) {
            for (String part : text.split("(?<=[,.:])\\s", -1)) {
                if (part.chars().filter(Character::isLetter).count() >= Languages.MIN_LETTERS) {
                    assertThat(measure(part).language()).as(part).isEqualTo("en");
                }
            }
        }
    }

    /** A text is looked at in pieces: what many paragraphs have together is the sum of what each has. */
    @Test
    void longTextsAreCountedPieceByPiece() {
        int times = 250;
        Counts one = count(PRIDE);
        Counts many = count((PRIDE + "\n\n").repeat(times));

        assertThat(many.words()).isEqualTo(times * one.words());
        assertThat(many.sentences()).isEqualTo(times * one.sentences());
        assertThat(many.syllables()).isEqualTo(times * one.syllables());
        assertThat(many.contentWords()).isEqualTo(times * one.contentWords());
        assertThat(many.types()).isEqualTo(one.types());
        assertThat(many.sentiment()).isCloseTo(times * one.sentiment(), within(1e-6));
        // Without any place to cut, and without any word.
        assertThat(count("x".repeat(200_000)).words()).isEqualTo(1);
        assertThat(count("?!".repeat(100_000)).sentences()).isZero();
    }

    @Test
    void measuresDoNotDependOnTheServersLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(measure(ALICE.toUpperCase(Locale.ROOT)).words()).isEqualTo(57);
            assertThat(Words.of("TITLE I")).containsExactly("title", "i");
        } finally {
            Locale.setDefault(before);
        }
    }
}
