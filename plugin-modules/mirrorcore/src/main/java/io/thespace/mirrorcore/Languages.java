package io.thespace.mirrorcore;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Which language a text is in, as a BCP 47 tag, by OpenNLP's detector over 183 languages. It judges by sequences of one to
 * three characters and knows little of a short text; so a text of fewer than {@value #MIN_LETTERS} letters is taken for
 * English where its letters are Latin, for the language of a script that only one large language is written in (Thai, Japanese by
 * its kana, Chinese where there are Han characters only), and for {@code und} (undetermined) elsewhere.
 */
final class Languages {

    static final String ENGLISH = "en";
    static final String UNDETERMINED = "und";
    static final int MIN_LETTERS = 40;

    /** The detector learns little more from what follows. */
    private static final int MAX_CHARACTERS = 2_000;

    /** Written without blanks between words, so words can't be counted here. */
    private static final Set<String> WITHOUT_BLANKS = Set.of("zh", "ja", "th", "lo", "km", "my", "bo", "dz");

    /** Written without blanks, each for one language only. */
    private static final Map<Character.UnicodeScript, String> SCRIPTS = Map.of(
            Character.UnicodeScript.THAI, "th",
            Character.UnicodeScript.LAO, "lo",
            Character.UnicodeScript.KHMER, "km",
            Character.UnicodeScript.MYANMAR, "my",
            Character.UnicodeScript.TIBETAN, "bo");

    private static final Map<String, String> TAGS = tags();

    private Languages() {}

    private static Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        for (String two : Locale.getISOLanguages()) {
            tags.put(Locale.forLanguageTag(two).getISO3Language(), two);
        }
        // Single languages that the detector names and people call by their macrolanguage.
        tags.putAll(Map.of("cmn", "zh", "pes", "fa", "lvs", "lv", "ekk", "et", "arb", "ar", "zlm", "ms", "swh", "sw"));
        return Map.copyOf(tags);
    }

    static String of(String text, LanguageDetectorModel model) {
        String start = text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
        long letters = start.codePoints().filter(Character::isLetter).count();
        if (letters < MIN_LETTERS) {
            boolean latin = letters > 0
                    && start.codePoints()
                            .filter(Character::isLetter)
                            .allMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN);
            return latin ? ENGLISH : byScript(start, letters);
        }
        Language language = new LanguageDetectorME(model).predictLanguage(start);
        return TAGS.getOrDefault(language.getLang(), language.getLang());
    }

    /** The language of the script that most of the letters are in, if that is written without blanks. */
    private static String byScript(String text, long letters) {
        Map<Character.UnicodeScript, Long> scripts = text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character.UnicodeScript::of)
                .collect(Collectors.groupingBy(script -> script, Collectors.counting()));
        long kana = scripts.getOrDefault(Character.UnicodeScript.HIRAGANA, 0L)
                + scripts.getOrDefault(Character.UnicodeScript.KATAKANA, 0L);
        if ((kana + scripts.getOrDefault(Character.UnicodeScript.HAN, 0L)) * 2 > letters) {
            return kana > 0 ? "ja" : "zh";
        }
        return scripts.entrySet().stream()
                .filter(script -> script.getValue() * 2 > letters)
                .map(script -> SCRIPTS.getOrDefault(script.getKey(), UNDETERMINED))
                .findFirst()
                .orElse(UNDETERMINED);
    }

    static boolean hasWords(String tag) {
        return !WITHOUT_BLANKS.contains(tag);
    }

    /** Returns its English name. */
    static String name(String tag) {
        return tag.equals(UNDETERMINED)
                ? "a language that could not be determined"
                : Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }
}
