package io.thespace.mcp.dialogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.json.SchemaFaults;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Form;
import io.thespace.plugin.api.client.FormAnswer;
import io.thespace.plugin.api.client.Question;
import io.thespace.plugin.api.client.Roots;
import io.thespace.plugin.api.client.RootsAnswer;
import io.thespace.plugin.api.client.Sampling;
import io.thespace.plugin.api.client.SamplingAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions and answers in the protocol's JSON: {@code elicitation/create}, {@code sampling/createMessage}, {@code roots/list}. */
public final class QuestionForms {

    /** Characters of a form's schema. */
    static final int MAX_SCHEMA = 16_384;

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private QuestionForms() {}

    /** Returns the protocol method of a question. */
    public static String method(Question<?> question) {
        if (question instanceof Form) {
            return "elicitation/create";
        } else if (question instanceof Sampling) {
            return "sampling/createMessage";
        }
        return "roots/list";
    }

    /**
     * The parameters of the method.
     *
     * @throws IllegalArgumentException when a form's schema is not one
     */
    public static ObjectNode params(Question<?> question) {
        ObjectNode params = Json.MAPPER.createObjectNode();
        if (question instanceof Form form) {
            params.put("message", form.message());
            params.set("requestedSchema", schema(form));
        } else if (question instanceof Sampling sampling) {
            ArrayNode messages = params.putArray("messages");
            for (Sampling.Turn turn : sampling.turns()) {
                messages.addObject()
                        .put("role", turn.ofAssistant() ? "assistant" : "user")
                        .putObject("content")
                        .put("type", "text")
                        .put("text", turn.text());
            }
            params.put("maxTokens", sampling.maxTokens());
            if (sampling.system() != null) {
                params.put("systemPrompt", sampling.system());
            }
        }
        return params;
    }

    private static JsonNode schema(Form form) {
        try {
            JsonNode schema = form.schema().length() > MAX_SCHEMA ? null : Json.MAPPER.readTree(form.schema());
            if (schema != null
                    && schema.path("type").asText().equals("object")
                    && schema.path("properties").isObject()) {
                return schema;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The schema of the form " + form.name() + " is not JSON", e);
        }
        throw new IllegalArgumentException("The schema of the form %s is not that of an object with properties, in %d"
                .formatted(form.name(), MAX_SCHEMA));
    }

    /**
     * An answer of a client.
     *
     * @throws Rejection {@code INPUT_INVALID}
     */
    static Object answer(Question<?> question, JsonNode sent) {
        if (question instanceof Form form) {
            return form(form, sent);
        } else if (question instanceof Sampling) {
            return sampling(question, sent);
        }
        return roots((Roots) question, sent);
    }

    private static FormAnswer form(Form form, JsonNode sent) {
        FormAnswer.Action action =
                switch (sent.path("action").asText()) {
                    case "accept" -> FormAnswer.Action.ACCEPT;
                    case "decline" -> FormAnswer.Action.DECLINE;
                    case "cancel" -> FormAnswer.Action.CANCEL;
                    default -> throw invalid(form, "action must be accept, decline or cancel");
                };
        if (action != FormAnswer.Action.ACCEPT) {
            return new FormAnswer(action, Map.of());
        }
        JsonNode content = sent.path("content");
        List<FieldError> faults = content.isObject()
                ? SchemaFaults.of(schema(form), content)
                : List.of(new FieldError("content", "must be an object"));
        if (!faults.isEmpty()) {
            throw invalid(
                    form, "%s %s".formatted(faults.get(0).field(), faults.get(0).message()));
        }
        Map<String, Object> values = Json.MAPPER.convertValue(content, MEMBERS);
        values.values().removeIf(java.util.Objects::isNull);
        return new FormAnswer(action, values);
    }

    /** The content is one block, or in later revisions several. */
    private static SamplingAnswer sampling(Question<?> question, JsonNode sent) {
        JsonNode content = sent.path("content");
        if (!content.isObject() && !content.isArray()) {
            throw invalid(question, "content is missing");
        }
        StringBuilder text = new StringBuilder(content.path("text").asText(""));
        for (JsonNode block : content) {
            text.append(block.path("text").asText(""));
        }
        return new SamplingAnswer(
                text.toString(),
                sent.path("model").asText(""),
                sent.path("stopReason").asText(null));
    }

    private static RootsAnswer roots(Roots question, JsonNode sent) {
        if (!sent.path("roots").isArray()) {
            throw invalid(question, "roots must be a list");
        }
        List<RootsAnswer.Root> roots = new ArrayList<>();
        for (JsonNode root : sent.path("roots")) {
            if (!root.path("uri").isTextual()) {
                throw invalid(question, "each root must have a uri");
            }
            roots.add(new RootsAnswer.Root(
                    root.path("uri").asText(), root.path("name").asText(null)));
        }
        return new RootsAnswer(roots);
    }

    private static Rejection invalid(Question<?> question, String fault) {
        return Rejection.of(
                EndpointError.INPUT_INVALID,
                question.name(),
                "The answer to %s does not fit: %s.".formatted(question.name(), fault));
    }
}
