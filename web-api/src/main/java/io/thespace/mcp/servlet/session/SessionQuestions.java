package io.thespace.mcp.servlet.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.mcp.change.Signals;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.dialogue.DialogueError;
import io.thespace.mcp.dialogue.PendingQuestions;
import io.thespace.mcp.dialogue.QuestionForms;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Question;
import io.thespace.tenant.Tenant;
import io.thespace.worker.Cancellation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends questions to the clients of sessions, on the streams of their requests. The wait holds the request's thread,
 * and no transaction; the client's answers arrive in other requests, at any node.
 */
@ApplicationScoped
class SessionQuestions {

    /** The maximum of requests that wait on a node, and of one user. */
    private static final int MAX_WAITING = 40;

    private static final int MAX_WAITING_OF_USER = 10;

    /** As long as a person may take to fill in a form. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * The interval of polling the database: the notification of the node that received the answer may have been lost.
     */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private static final long KEEP_ALIVE_NANOSECONDS = Duration.ofSeconds(10).toNanos();
    private static final String ANSWERED = "answered";

    private final Semaphore threads = new Semaphore(MAX_WAITING);
    private final Map<UUID, Integer> ofUsers = new ConcurrentHashMap<>();
    private final Map<UUID, Semaphore> waiting = new ConcurrentHashMap<>();

    @Inject
    PendingQuestions pending;

    @Inject
    Signals signals;

    @PostConstruct
    void start() {
        signals.listen(signal -> {
            if (signal.has(ANSWERED)) {
                wake(UUID.fromString(signal.path(ANSWERED).asText()));
            }
        });
    }

    private boolean wake(UUID question) {
        Semaphore found = waiting.get(question);
        if (found != null) {
            found.release();
        }
        return found != null;
    }

    // Answers
    // --------------------------------------------------------------------------------------------------------

    /** Takes the answer to a question of a session of the caller's; one to no open question is ignored. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    void answer(McpCall call, Object id, JsonNode answer) {
        UUID question;
        try {
            question = UUID.fromString(String.valueOf(id));
        } catch (IllegalArgumentException e) {
            return;
        }
        String text =
                Mapping.unstorable(answer).map(fault -> error(fault + ".")).orElseGet(answer::toString);
        if (text.length() > Dialogue.MAX_ANSWERS) {
            text = error(
                    "The answer has %d characters; it may have %d.".formatted(text.length(), Dialogue.MAX_ANSWERS));
        }
        boolean taken;
        try (Tenant tenant = Tenant.bind(call.actor().orgId())) {
            taken = pending.answer(call.actor(), call.session().id(), question, text);
        }
        if (taken && !wake(question)) {
            signals.send(Json.MAPPER.createObjectNode().put(ANSWERED, question.toString()));
        }
    }

    private static String error(String message) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putObject("error").put("message", message);
        return answer.toString();
    }

    // Questions
    // ------------------------------------------------------------------------------------------------------

    /**
     * Sends questions to the client and waits for its answers.
     *
     * @return the answers, by question name
     * @throws Rejection {@code STREAM_MISSING}, {@code QUESTIONS_EXCEEDED}, {@code CLIENT_REFUSED}, {@code CLIENT_SILENT}, {@code
     *     CALL_CANCELLED}
     */
    Map<String, JsonNode> ask(McpCall call, List<Question<?>> questions) {
        if (call.stream() == null) {
            throw new Rejection(
                    DialogueError.STREAM_MISSING,
                    "The call has to ask the client something: accept text/event-stream beside application/json.");
        }
        UUID user = call.actor().userId();
        if (ofUsers.merge(user, 1, Integer::sum) > MAX_WAITING_OF_USER || !threads.tryAcquire()) {
            release(user);
            throw Rejection.later(
                    DialogueError.QUESTIONS_EXCEEDED,
                    "As many calls wait for answers of clients as may. Answer them first, or try again.",
                    Duration.ofSeconds(5));
        }
        try {
            return opened(call, questions);
        } finally {
            threads.release();
            release(user);
        }
    }

    private void release(UUID user) {
        ofUsers.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Map<String, JsonNode> opened(McpCall call, List<Question<?>> questions) {
        try (Tenant tenant = Tenant.bind(call.actor().orgId())) {
            List<UUID> ids = pending.open(call.actor(), call.session().id(), questions.size(), LIMIT);
            Semaphore wake = new Semaphore(0);
            ids.forEach(id -> waiting.put(id, wake));
            try (Cancellation.Registration registered = call.cancellation().onCancel(wake::release)) {
                for (int i = 0; i < ids.size(); i++) {
                    Question<?> question = questions.get(i);
                    call.stream()
                            .request(
                                    ids.get(i).toString(),
                                    QuestionForms.method(question),
                                    QuestionForms.params(question));
                }
                return awaited(call, questions, ids, wake);
            } finally {
                waiting.keySet().removeAll(ids);
                pending.close(call.actor(), ids);
            }
        }
    }

    private Map<String, JsonNode> awaited(McpCall call, List<Question<?>> questions, List<UUID> ids, Semaphore wake) {
        long end = System.nanoTime() + LIMIT.toNanos();
        long sent = System.nanoTime();
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        while (true) {
            Map<UUID, String> texts = pending.answers(call.actor(), ids);
            for (int i = 0; i < ids.size(); i++) {
                String text = texts.get(ids.get(i));
                if (text != null) {
                    answers.put(questions.get(i).name(), result(questions.get(i), text));
                }
            }
            if (answers.size() == ids.size()) {
                return answers;
            }
            if (System.nanoTime() - end > 0) {
                throw new Rejection(
                        DialogueError.CLIENT_SILENT,
                        "The client did not answer within %d minutes.".formatted(LIMIT.toMinutes()));
            }
            if (System.nanoTime() - sent > KEEP_ALIVE_NANOSECONDS) {
                sent = System.nanoTime();
                call.stream().keepAlive();
            }
            try {
                if (wake.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Rejection.later(
                        EndpointError.BUSY, "The platform is stopping. Try again.", Duration.ofSeconds(2));
            }
            if (call.cancellation().cancelled()) {
                throw new Rejection(EndpointError.CALL_CANCELLED, "The call was cancelled.");
            }
        }
    }

    /** @throws Rejection {@code CLIENT_REFUSED} */
    private static JsonNode result(Question<?> question, String text) {
        JsonNode answer;
        try {
            answer = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that was written as JSON can be read", e);
        }
        if (answer.has("result")) {
            return answer.get("result");
        }
        String message = answer.at("/error/message").asText("no reason");
        throw new Rejection(
                DialogueError.CLIENT_REFUSED,
                "The client did not answer %s: %s".formatted(question.name(), Texts.truncate(message, 200)));
    }
}
