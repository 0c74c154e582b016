package io.thespace.mcp.servlet.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.endpoint.EndpointError;
import io.thespace.mcp.McpSessionView;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.dialogue.DialogueError;
import io.thespace.mcp.servlet.message.LogMessage;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Runs calls that may ask the client of their session: repeats them with its answers until there is a result. */
@ApplicationScoped
class SessionDialogues {

    @Inject
    SessionQuestions questions;

    /**
     * Runs a call.
     *
     * @param meta the request's {@code _meta}; null for none
     * @param work one attempt; throws {@code INPUT_REQUIRED} when it waits for answers
     * @param failed the result of a call whose client did not answer
     * @throws Rejection as the work
     */
    <R> R run(McpCall call, Map<String, Object> meta, Function<Dialogue, R> work, Function<Rejection, R> failed) {
        Listener listener = call.stream() == null ? null : new Listener(call.stream(), token(meta));
        Set<Ability> abilities = abilities(call.session());
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (int round = 1; ; round++) {
            Dialogue dialogue = new Dialogue(abilities, call.session().logLevel(), listener, answers);
            try {
                return work.apply(dialogue);
            } catch (Rejection refusal) {
                if (refusal.code() != EndpointError.INPUT_REQUIRED
                        || dialogue.open().isEmpty()) {
                    throw refusal;
                }
            }
            try {
                if (round > Dialogue.MAX_ROUNDS) {
                    throw new Rejection(
                            DialogueError.ROUNDS_EXCEEDED,
                            "The call asked its client %d times, which is the maximum. Report this to the plugin's author."
                                    .formatted(Dialogue.MAX_ROUNDS));
                }
                answers.putAll(questions.ask(call, dialogue.open()));
            } catch (Rejection refusal) {
                call.refused(refusal);
                return failed.apply(refusal);
            }
        }
    }

    private static Object token(Map<String, Object> meta) {
        Object token = meta == null ? null : meta.get("progressToken");
        return token instanceof String || token instanceof Number ? token : null;
    }

    /**
     * Returns the capabilities that the client declared when it opened the session. A client that declares forms of any
     * kind supports those with fields. A client that declares forms of any kind takes those with fields.
     */
    static Set<Ability> abilities(McpSessionView session) {
        JsonNode declared;
        try {
            // May hold values that are read from messages but not stored in JSON columns, such as 1e400.
            declared = Mapping.MAPPER.readTree(session.client()).path("capabilities");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was stored as JSON can be read", e);
        }
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        JsonNode elicitation = declared.path("elicitation");
        if (elicitation.isObject() && (elicitation.has("form") || !elicitation.has("url"))) {
            abilities.add(Ability.ELICITATION);
        }
        if (declared.path("sampling").isObject()) {
            abilities.add(Ability.SAMPLING);
        }
        if (declared.path("roots").isObject()) {
            abilities.add(Ability.ROOTS);
        }
        return abilities;
    }

    /** @param token the client's progress token; null for no progress reports */
    private record Listener(McpCall.ClientStream stream, Object token) implements Dialogue.Listener {

        @Override
        public void progress(Progress progress) {
            if (token != null) {
                stream.notification(
                        McpSchema.METHOD_NOTIFICATION_PROGRESS,
                        new McpSchema.ProgressNotification(
                                token, progress.done(), progress.total(), progress.message(), null));
            }
        }

        @Override
        public void log(LogLevel level, String logger, String message) {
            stream.notification(McpSchema.METHOD_NOTIFICATION_MESSAGE, LogMessage.of(level, logger, message));
        }
    }
}
