package io.thespace.mirrorcore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists of English words that lie beside this class in {@code words.txt} and {@code vader-lexicon.txt}. */
final class Lexicon {

    /** The nine categories of function words, in the order in which they are counted and stored. */
    static final List<String> CATEGORIES = List.of(
            "personal_pronouns",
            "impersonal_pronouns",
            "articles",
            "conjunctions",
            "prepositions",
            "auxiliary_verbs",
            "adverbs",
            "negations",
            "quantifiers");

    private static final Map<String, Set<String>> LISTS = lists();

    /** The categories of a function word, as bits in the order of {@link #CATEGORIES}. */
    private static final Map<String, Integer> FUNCTION_WORDS = functionWords();

    private static final Set<String> HEDGES = LISTS.get("hedges");

    private Lexicon() {}

    /** The categories that a word is in, as bits in the order of {@link #CATEGORIES}; 0 for a content word. */
    static int categories(String word) {
        return FUNCTION_WORDS.getOrDefault(word, 0);
    }

    static boolean isFunctionWord(String word) {
        return FUNCTION_WORDS.containsKey(word);
    }

    static boolean isHedge(String word) {
        return HEDGES.contains(word);
    }

    /** The mean valence of each token of the VADER lexicon, −4 to 4. */
    static Map<String, Double> valences() {
        Map<String, Double> valences = new HashMap<>();
        for (String line : lines("vader-lexicon.txt")) {
            int tab = line.indexOf('\t');
            valences.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
        }
        return Map.copyOf(valences);
    }

    private static Map<String, Set<String>> lists() {
        Map<String, Set<String>> lists = new HashMap<>();
        for (String line : lines("words.txt")) {
            if (!line.startsWith("#")) {
                int colon = line.indexOf(':');
                lists.put(
                        line.substring(0, colon),
                        new HashSet<>(
                                Arrays.asList(line.substring(colon + 1).strip().split(" ", -1))));
            }
        }
        return lists;
    }

    private static Map<String, Integer> functionWords() {
        Map<String, Integer> bits = new HashMap<>();
        for (int i = 0; i < CATEGORIES.size(); i++) {
            int bit = 1 << i;
            LISTS.get(CATEGORIES.get(i)).forEach(word -> bits.merge(word, bit, (one, other) -> one | other));
        }
        return Map.copyOf(bits);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Lexicon.class.getResourceAsStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
