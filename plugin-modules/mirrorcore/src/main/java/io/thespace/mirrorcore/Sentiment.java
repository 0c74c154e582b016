package io.thespace.mirrorcore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The sentiment of an English sentence by VADER's lexicon and rules: negation turns a valence over (times −0.74) up to three
 * words on, words of degree and capitals strengthen or weaken it, "but" moves the weight behind it, exclamation and question
 * marks add to it. The sum s becomes s / √(s² + 15), −1 (most negative) to 1 (most positive). Source: Hutto, C. J. & Gilbert, E.
 * (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text, ICWSM 8(1), 216–225. Emoji,
 * which VADER first puts into words, are not read here; emoticons are.
 */
final class Sentiment {

    private static final Map<String, Double> VALENCES = Lexicon.valences();
    private static final double NEGATION = -0.74;
    private static final double CAPITALS = 0.733;
    private static final double STEP = 0.293;

    private static final Map<String, Double> DEGREES = degrees();

    private static final Set<String> NEGATIONS = Set.of(
            ("aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neither neednt"
                            + " never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh wasnt werent without wont"
                            + " wouldnt rarely seldom despite")
                    .split(" ", -1));

    /** Phrases whose valence is not that of their words. */
    private static final Map<String, Double> IDIOMS = Map.of(
            "the shit", 3.0,
            "the bomb", 3.0,
            "bad ass", 1.5,
            "badass", 1.5,
            "bus stop", 0.0,
            "yeah right", -2.0,
            "kiss of death", -1.5,
            "to die for", 3.0,
            "beating heart", 3.1,
            "broken heart", -2.9);

    private static Map<String, Double> degrees() {
        Map<String, Double> degrees = new HashMap<>();
        for (String more :
                ("absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous"
                                + " enormously entirely especially exceptional exceptionally extreme extremely fabulously"
                                + " flipping flippin frackin fracking fricking frickin frigging friggin fully fuckin fucking"
                                + " fuggin fugging greatly hella highly hugely incredible incredibly intensely major majorly"
                                + " more most particularly purely quite really remarkably so substantially thoroughly total"
                                + " totally tremendous tremendously uber unbelievably unusually utter utterly very")
                        .split(" ", -1)) {
            degrees.put(more, STEP);
        }
        for (String less : ("almost barely hardly kinda kindof kind-of less little marginal marginally occasional"
                        + " occasionally partly scarce scarcely slight slightly somewhat sorta sortof sort-of")
                .split(" ", -1)) {
            degrees.put(less, -STEP);
        }
        degrees.put("kind of", -STEP);
        degrees.put("sort of", -STEP);
        return Map.copyOf(degrees);
    }

    private final List<String> tokens = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final boolean capitalsTell;

    private Sentiment(String sentence) {
        for (String token : sentence.strip().split("\\s+", -1)) {
            String bare = bare(token);
            String read = bare.length() <= 2 ? token : bare;
            tokens.add(read);
            words.add(read.toLowerCase(Locale.ROOT).replace('\u2019', '\''));
        }
        long capitals = tokens.stream().filter(Sentiment::inCapitals).count();
        capitalsTell = capitals > 0 && capitals < tokens.size();
    }

    /** Without the ASCII punctuation around it. A regular expression would read a run of it once for each of its characters. */
    private static String bare(String token) {
        int start = 0;
        int end = token.length();
        while (start < end && isPunctuation(token.charAt(start))) {
            start++;
        }
        while (end > start && isPunctuation(token.charAt(end - 1))) {
            end--;
        }
        return token.substring(start, end);
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < '\u007f' && !Character.isLetterOrDigit(c);
    }

    /** Returns the sentiment of one sentence, −1 to 1. */
    static double of(String sentence) {
        if (sentence.isBlank()) {
            return 0;
        }
        double sum = new Sentiment(sentence).sum();
        double emphasis = emphasis(sentence);
        double all = sum + Math.signum(sum) * emphasis;
        return all / Math.sqrt(all * all + 15);
    }

    private double sum() {
        int but = words.indexOf("but");
        double sum = 0;
        for (int i = 0; i < words.size(); i++) {
            double valence = isDegree(i) ? 0 : valence(i);
            if (but >= 0) {
                valence *= i < but ? 0.5 : i > but ? 1.5 : 1;
            }
            sum += valence;
        }
        return sum;
    }

    private boolean isDegree(int at) {
        return DEGREES.containsKey(words.get(at)) || (words.get(at).equals("kind") && is(at + 1, "of"));
    }

    private double valence(int at) {
        Double own = VALENCES.get(words.get(at));
        if (own == null) {
            return 0;
        }
        double valence = own;
        if (is(at, "no") && at + 1 < words.size() && VALENCES.containsKey(words.get(at + 1))) {
            valence = 0;
        }
        if (is(at - 1, "no") || is(at - 2, "no") || (is(at - 3, "no") && (is(at - 1, "or") || is(at - 1, "nor")))) {
            valence = own * NEGATION;
        }
        if (capitalsTell && inCapitals(tokens.get(at))) {
            valence += Math.signum(valence) * CAPITALS;
        }
        for (int back = 1; back <= 3 && back <= at; back++) {
            if (!VALENCES.containsKey(words.get(at - back))) {
                valence += degree(at - back, valence) * (back == 1 ? 1 : back == 2 ? 0.95 : 0.9);
                valence = negated(at, back, valence);
                if (back == 3) {
                    valence = idiom(at, valence);
                }
            }
        }
        return least(at) ? valence * NEGATION : valence;
    }

    /** The amount by which a degree word changes the valence of a word that follows it. */
    private double degree(int at, double valence) {
        Double degree = DEGREES.get(words.get(at));
        if (degree == null) {
            return 0;
        }
        double sign = valence < 0 ? -1 : 1;
        double emphasis = capitalsTell && inCapitals(tokens.get(at)) ? CAPITALS : 0;
        return sign * degree + (valence > 0 ? emphasis : -emphasis);
    }

    private double negated(int at, int back, double valence) {
        boolean intensified =
                back > 1 && is(at - back, "never") && (soOrThis(at - back + 1) || (back == 3 && soOrThis(at - 1)));
        if (intensified) {
            return valence * 1.25;
        }
        boolean certain = back > 1
                && is(at - back, "without")
                && (is(at - back + 1, "doubt") || (back == 3 && is(at - 1, "doubt")));
        String word = words.get(at - back);
        return !certain && (NEGATIONS.contains(word.replace("'", "")) || word.contains("n't"))
                ? valence * NEGATION
                : valence;
    }

    private double idiom(int at, double before) {
        double valence = before;
        for (int start = at - 3; start < at; start++) {
            for (int end = start + 1; end <= Math.min(at, start + 2); end++) {
                valence = IDIOMS.getOrDefault(phrase(start, end), valence);
            }
        }
        if (at + 1 < words.size()) {
            valence = IDIOMS.getOrDefault(phrase(at, at + 1), valence);
        }
        if (at + 2 < words.size()) {
            valence = IDIOMS.getOrDefault(phrase(at, at + 2), valence);
        }
        return valence
                + DEGREES.getOrDefault(phrase(at - 3, at - 2), 0.0)
                + DEGREES.getOrDefault(phrase(at - 2, at - 1), 0.0);
    }

    private boolean least(int at) {
        return is(at - 1, "least") && !is(at - 2, "at") && !is(at - 2, "very");
    }

    private boolean soOrThis(int at) {
        return is(at, "so") || is(at, "this");
    }

    private boolean is(int at, String word) {
        return at >= 0 && at < words.size() && words.get(at).equals(word);
    }

    private String phrase(int from, int to) {
        return String.join(" ", words.subList(from, to + 1));
    }

    private static boolean inCapitals(String token) {
        return token.chars().anyMatch(Character::isUpperCase) && token.chars().noneMatch(Character::isLowerCase);
    }

    private static double emphasis(String sentence) {
        long exclamations = sentence.chars().filter(c -> c == '!').count();
        long questions = sentence.chars().filter(c -> c == '?').count();
        double asked = questions <= 1 ? 0 : questions <= 3 ? questions * 0.18 : 0.96;
        return Math.min(exclamations, 4) * 0.292 + asked;
    }
}
