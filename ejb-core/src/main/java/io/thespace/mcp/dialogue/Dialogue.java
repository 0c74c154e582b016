package io.thespace.mcp.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Texts;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.Answers;
import io.thespace.plugin.api.client.Client;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Progress;
import io.thespace.plugin.api.client.Question;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One attempt of a call to produce its result, with the client's answers to the questions of earlier attempts. It
 * forwards a bounded number of notifications, and none after its end; a failing listener affects notifications only.
 * Thread-safe.
 */
public final class Dialogue implements Client, AutoCloseable {

    /** The maximum of attempts of one call that end with questions. */
    public static final int MAX_ROUNDS = 10;

    /** The maximum size of the answers to one call, in characters of JSON. */
    public static final int MAX_ANSWERS = 65_536;

    /**
     * The maximum of notifications of each kind, chosen so that they fit the buffers of a connection whose client does
     * not read.
     */
    static final int MAX_NOTIFICATIONS = 100;

    static final int MAX_PROGRESS_MESSAGE = 200;
    static final int MAX_LOG_MESSAGE = 4_096;

    private static final int MAX_LOGGER = 100;
    private static final Log LOG = Log.of(Dialogue.class);

    /** Takes what the client is notified of, on another thread. */
    public interface Listener {

        void progress(Progress progress);

        /**
         * Takes a message of the log.
         *
         * @param logger null for none
         */
        void log(LogLevel level, String logger, String message);
    }

    private final Set<Ability> abilities;
    private final LogLevel least;
    private final Listener listener;
    private final Map<String, JsonNode> answers;
    private List<Question<?>> open = List.of(); // guarded by this, as the next
    private Set<Ability> lacking = Set.of();
    private int reports = MAX_NOTIFICATIONS;
    private int messages = MAX_NOTIFICATIONS;

    /**
     * A call of a client.
     *
     * @param abilities the capabilities of the client
     * @param least the minimum severity of log messages for the client; null for none
     * @param answers its answers so far, by question name
     */
    public Dialogue(Set<Ability> abilities, LogLevel least, Listener listener, Map<String, JsonNode> answers) {
        this.abilities = Set.copyOf(abilities);
        this.least = least;
        this.listener = listener;
        this.answers = Map.copyOf(answers);
    }

    /** A call whose client receives no notifications and cannot be queried. */
    public static Dialogue none() {
        return new Dialogue(Set.of(), null, null, Map.of());
    }

    @Override
    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    @Override
    public synchronized void progress(Progress progress) {
        if (reports == 0 || listener == null || !Double.isFinite(progress.done())) {
            return;
        }
        reports--;
        tell(() -> listener.progress(
                new Progress(progress.done(), progress.total(), cut(progress.message(), MAX_PROGRESS_MESSAGE))));
    }

    @Override
    public synchronized void log(LogLevel level, String logger, String message) {
        if (messages == 0 || listener == null || least == null || level.compareTo(least) < 0) {
            return;
        }
        messages--;
        tell(() -> listener.log(level, cut(logger, MAX_LOGGER), cut(String.valueOf(message), MAX_LOG_MESSAGE)));
    }

    private static String cut(String text, int most) {
        return text == null ? null : Texts.truncate(text, most);
    }

    private void tell(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            close();
            LOG.info("A client cannot be notified", "cause", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answers ask(Question<?>... questions) {
        check(questions);
        Set<Ability> missing = EnumSet.noneOf(Ability.class);
        List<Question<?>> unanswered = List.of(questions).stream()
                .filter(question -> !answers.containsKey(question.name()))
                .toList();
        unanswered.stream().map(Question::ability).filter(one -> !can(one)).forEach(missing::add);
        if (!missing.isEmpty()) {
            synchronized (this) {
                lacking = Set.copyOf(missing);
            }
            throw new Rejection(
                    EndpointError.CLIENT_UNABLE,
                    "The call has to ask the client for %s, and the client does not declare that."
                            .formatted(String.join(
                                    " and ",
                                    missing.stream()
                                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                                            .toList())));
        }
        if (!unanswered.isEmpty()) {
            synchronized (this) {
                open = unanswered;
            }
            throw new Rejection(EndpointError.INPUT_REQUIRED, "The call waits for answers of its client.");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        for (Question<?> question : questions) {
            all.put(question.name(), QuestionForms.answer(question, answers.get(question.name())));
        }
        return new Answers(all);
    }

    private static void check(Question<?>... questions) {
        long names = List.of(questions).stream().map(Question::name).distinct().count();
        if (questions.length == 0 || questions.length > MAX_QUESTIONS || names < questions.length) {
            throw new IllegalArgumentException(
                    "A call asks 1 to %d questions with different names together".formatted(MAX_QUESTIONS));
        }
    }

    /** The questions that ended the attempt; empty when none did. */
    public synchronized List<Question<?>> open() {
        return open;
    }

    /** Returns the capabilities that the client lacks; empty unless that ended the attempt. */
    public synchronized Set<Ability> lacking() {
        return lacking;
    }

    @Override
    public synchronized void close() {
        reports = 0;
        messages = 0;
    }
}
