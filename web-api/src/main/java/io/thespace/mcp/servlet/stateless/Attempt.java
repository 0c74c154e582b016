package io.thespace.mcp.servlet.stateless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncNotifier;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.dialogue.QuestionForms;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.LogMessage;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Progress;
import io.thespace.plugin.api.client.Question;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One attempt of a call that may ask its client. On this wire questions are the result of an attempt, and the client
 * repeats the request with its answers and the state, which contains its earlier answers. The SDK signs the state, for
 * its principal, method and name; here it is bound to the request's arguments.
 *
 * @param round of the attempt, from 1
 * @param asked the names of the questions sent to the client; null for a request without a state
 */
record Attempt(int round, String digest, Set<String> asked, Map<String, JsonNode> answers, McpRequestContext context) {

    private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    /**
     * Reads what the client sent for the attempt.
     *
     * @param responses null for none
     * @param state as {@link #state} made it; null for none
     * @throws McpException when they do not fit the request
     */
    static Attempt of(McpRequestContext context, Object arguments, Map<String, Object> responses, String state) {
        String digest = digest(arguments);
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        Set<String> asked = null;
        int round = 1;
        if (state != null) {
            JsonNode read = read(state);
            if (!read.path("digest").asText().equals(digest)) {
                throw McpException.invalidParams("requestState belongs to a request with other arguments.");
            }
            round = read.path("round").asInt() + 1;
            asked = new TreeSet<>();
            for (JsonNode name : read.path("asked")) {
                asked.add(name.asText());
            }
            read.path("answers").properties().forEach(one -> answers.put(one.getKey(), one.getValue()));
        }
        if (responses != null) {
            for (Map.Entry<String, Object> response : responses.entrySet()) {
                if (asked == null || asked.contains(response.getKey())) {
                    answers.put(response.getKey(), Json.MAPPER.valueToTree(response.getValue()));
                }
            }
        }
        JsonNode all = Json.MAPPER.valueToTree(answers);
        Mapping.unstorable(all).ifPresent(fault -> {
            throw McpException.invalidParams("The answers cannot be used: %s.".formatted(fault));
        });
        if (all.toString().length() > Dialogue.MAX_ANSWERS) {
            throw McpException.invalidParams(
                    "The answers may have %d characters together.".formatted(Dialogue.MAX_ANSWERS));
        }
        return new Attempt(round, digest, asked, answers, context);
    }

    private static JsonNode read(String state) {
        try {
            return Json.MAPPER.readTree(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state that was signed can be read", e);
        }
    }

    private static String digest(Object arguments) {
        try {
            // Clients may write the members in another order.
            byte[] json = Mapping.MAPPER
                    .writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsBytes(arguments == null ? Map.of() : arguments);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Arguments that were read can be written", e);
        }
    }

    /** The least severe messages of a log that the client of a request wants; null for none. */
    static LogLevel logLevel(McpRequestContext context) {
        return LogMessage.level(context.meta().get(LOG_LEVEL));
    }

    /** @param notifier null when the response is not a stream */
    Dialogue dialogue(McpSyncNotifier notifier) {
        Dialogue.Listener listener = notifier == null
                ? null
                : new Dialogue.Listener() {
                    @Override
                    public void progress(Progress progress) {
                        notifier.progress(progress.done(), progress.total(), progress.message());
                    }

                    @Override
                    public void log(LogLevel level, String logger, String message) {
                        notifier.notify("notifications/message", LogMessage.of(level, logger, message));
                    }
                };
        return new Dialogue(abilities(), logLevel(context), listener, answers);
    }

    private Set<Ability> abilities() {
        McpSchema.ClientCapabilities declared = context.clientCapabilities();
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (declared.supportsElicitationForm()) {
            abilities.add(Ability.ELICITATION);
        }
        if (declared.supportsSampling()) {
            abilities.add(Ability.SAMPLING);
        }
        if (declared.supportsRoots()) {
            abilities.add(Ability.ROOTS);
        }
        return abilities;
    }

    /**
     * Returns the questions that ended the attempt, as a result; null when it ended with a rejection of the call
     * itself.
     *
     * @throws McpException when the client does not support the questions, exceeds the maximum of rounds, or sends
     *     invalid answers
     */
    McpSchema.InputRequiredResult questions(Dialogue dialogue, Rejection refusal) {
        if (refusal.code() == EndpointError.INPUT_INVALID) {
            throw McpException.invalidParams(refusal.getMessage());
        }
        if (refusal.code() == EndpointError.CLIENT_UNABLE && !dialogue.lacking().isEmpty()) {
            throw McpException.missingClientCapability(required(dialogue.lacking()));
        }
        if (refusal.code() != EndpointError.INPUT_REQUIRED || dialogue.open().isEmpty()) {
            return null;
        }
        if (round > Dialogue.MAX_ROUNDS) {
            throw new McpException(
                    JsonRpcErrors.REFUSED,
                    "The call asked its client %d times, which is the maximum. Report this to the plugin's author."
                            .formatted(Dialogue.MAX_ROUNDS));
        }
        Map<String, McpSchema.InputRequest> requests = new LinkedHashMap<>();
        for (Question<?> question : dialogue.open()) {
            ObjectNode request = Json.MAPPER.createObjectNode().put("method", QuestionForms.method(question));
            request.set("params", QuestionForms.params(question));
            requests.put(question.name(), Mapping.MAPPER.convertValue(request, McpSchema.InputRequest.class));
        }
        return new McpSchema.InputRequiredResult(
                requests, state(dialogue.open()), McpSchema.ResultType.INPUT_REQUIRED, null);
    }

    @SuppressWarnings("deprecation") // the revision keeps sampling and roots for some time
    private static McpSchema.ClientCapabilities required(Set<Ability> lacking) {
        McpSchema.ClientCapabilities.Builder required = McpSchema.ClientCapabilities.builder();
        if (lacking.contains(Ability.ELICITATION)) {
            required.elicitation(new McpSchema.ClientCapabilities.Elicitation(
                    new McpSchema.ClientCapabilities.Elicitation.Form(), null));
        }
        if (lacking.contains(Ability.SAMPLING)) {
            required.sampling();
        }
        if (lacking.contains(Ability.ROOTS)) {
            required.roots();
        }
        return required.build();
    }

    /** Creates the state for the next attempt: the answers so far, and the current questions. */
    private String state(List<Question<?>> open) {
        ObjectNode state = Json.MAPPER.createObjectNode().put("round", round).put("digest", digest);
        open.forEach(question -> state.withArray("/asked").add(question.name()));
        state.set("answers", Json.MAPPER.valueToTree(answers));
        return state.toString();
    }
}
