package io.thespace.mirrorcore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * Computes a session's metrics from its turns, which are added once, in order. The work grows with the number of words;
 * memory is one number per word, and each different word once. Not thread-safe.
 */
final class Mirror {

    /** The maximum of windows in a session's metrics. */
    static final int MAX_WINDOWS = 50;

    private static final class Voice {
        final String name;
        final Tally tally = new Tally();
        final BitSet types = new BitSet();
        final Diversity<Integer> forwards = new Diversity<>();
        final Diversity<Integer> backwards = new Diversity<>();

        Voice(String name) {
            this.name = name;
        }

        MeasuresView view() {
            return tally.view(types.cardinality(), Diversity.mean(forwards, backwards));
        }
    }

    private final UUID sessionId;
    private final int windowTurns;
    private final Map<UUID, String> names;
    private final Map<UUID, Voice> voices = new LinkedHashMap<>();
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final Tally all = new Tally();
    private final KeyPhrases keyPhrases = new KeyPhrases();
    private final Drift drift = new Drift();
    private final List<WindowView> windows = new ArrayList<>();

    /** The English words in their order, as their numbers, and whose each is. */
    private final int[] sequence;

    private final Voice[] whose;
    private int length;

    private Tally window = new Tally();
    private BitSet windowTypes = new BitSet();
    private int windowStart;
    private int windowFrom;
    private int windowTo;
    private Instant windowTime;

    /**
     * A mirror of one session.
     *
     * @param turns the number of turns to be added
     * @param words the maximum of words in all turns
     * @param names of the speakers, by their ids
     */
    Mirror(UUID sessionId, int turns, int words, Map<UUID, String> names) {
        this.sessionId = sessionId;
        this.windowTurns = Math.max(1, (turns + MAX_WINDOWS - 1) / MAX_WINDOWS);
        this.names = names;
        this.sequence = new int[words];
        this.whose = new Voice[words];
    }

    void add(Turn turn) {
        Counts counts = turn.counts();
        Voice voice = voices.computeIfAbsent(turn.speakerId(), id -> new Voice(names.get(id)));
        if (window.texts() == 0) {
            windowFrom = turn.position();
            windowTime = turn.createdAt();
        }
        windowTo = turn.position();
        all.add(counts);
        voice.tally.add(counts);
        window.add(counts);
        if (counts.words() > 0) {
            Words.each(turn.text(), word -> word(word, voice, counts.english()));
        }
        if (counts.english()) {
            keyPhrases.add(turn.text());
        }
        if (window.texts() == windowTurns) {
            endWindow();
        }
    }

    private void word(String word, Voice voice, boolean english) {
        int number = vocabulary.computeIfAbsent(word, any -> vocabulary.size());
        voice.types.set(number);
        windowTypes.set(number);
        drift.add(word);
        if (english) {
            sequence[length] = number;
            whose[length] = voice;
            length++;
        }
    }

    private void endWindow() {
        Diversity<Integer> forwards = new Diversity<>();
        Diversity<Integer> backwards = new Diversity<>();
        for (int i = windowStart, j = length - 1; i < length; i++, j--) {
            forwards.add(sequence[i]);
            backwards.add(sequence[j]);
        }
        windows.add(new WindowView(
                windowFrom,
                windowTo,
                windowTime,
                Math.toIntExact(window.texts()),
                Numbers.rounded(drift.next()),
                window.view(windowTypes.cardinality(), Diversity.mean(forwards, backwards))));
        window = new Tally();
        windowTypes = new BitSet();
        windowStart = length;
    }

    /** Returns the metrics of all turns added; may be called once. */
    MetricsView view() {
        if (window.texts() > 0) {
            endWindow();
        }
        Diversity<Integer> forwards = new Diversity<>();
        Diversity<Integer> backwards = new Diversity<>();
        for (int i = 0, j = length - 1; i < length; i++, j--) {
            forwards.add(sequence[i]);
            whose[i].forwards.add(sequence[i]);
            backwards.add(sequence[j]);
            whose[j].backwards.add(sequence[j]);
        }
        List<MatchView> matches = matches();
        OptionalDouble styleMatch = matches.stream()
                .filter(match -> match.styleMatch() != null)
                .mapToDouble(MatchView::styleMatch)
                .average();
        return new MetricsView(
                sessionId,
                Math.toIntExact(all.texts()),
                all.view(vocabulary.size(), Diversity.mean(forwards, backwards)),
                Numbers.rounded(drift.mean()),
                styleMatch.isPresent() ? Numbers.rounded(styleMatch.getAsDouble()) : null,
                keyPhrases.top(),
                voices.values().stream()
                        .map(voice -> new SpeakerView(voice.name, Math.toIntExact(voice.tally.texts()), voice.view()))
                        .toList(),
                matches,
                windows);
    }

    private List<MatchView> matches() {
        List<Voice> speaking = List.copyOf(voices.values());
        List<MatchView> matches = new ArrayList<>();
        for (int i = 0; i < speaking.size(); i++) {
            for (Voice other : speaking.subList(i + 1, speaking.size())) {
                Voice one = speaking.get(i);
                matches.add(new MatchView(one.name, other.name, one.tally.styleMatch(other.tally)));
            }
        }
        return matches;
    }
}
