package io.thespace.gateway.generation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.json.Json;
import jakarta.annotation.Nullable;
import java.util.List;

/**
 * The body of a chat completion, or one chunk of its stream. Only the first choice counts, since one is requested. Only
 * the first choice counts, since one is asked for.
 *
 * @param message whether there is a message: its text may be empty
 * @param text the model's output, without its reasoning
 * @param calls the functions that the model calls; empty in a chunk of a stream
 * @param declined whether the text is the model's refusal to answer
 * @param finish the finish reason; null before the end, and when the server does not report one
 * @param failure an error instead of the rest; null without one
 * @param usage the token usage; null when it is not reported
 */
record ChatPart(
        boolean message,
        String text,
        List<FunctionCall> calls,
        boolean declined,
        @Nullable FinishReason finish,
        @Nullable ChatFailure failure,
        @Nullable ModelUsage usage) {

    /** No model reads or writes as many; sums of absurd numbers would not fit the columns that they are kept in. */
    private static final long MAX_TOKENS = 1_000_000_000;

    /** Other servers' JSON is read more leniently than callers': a repeated member or a NaN spoils no answer. */
    private static final ObjectReader READER = Json.foreign()
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, false)
            .reader()
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

    /** JSON of a model's server; null when it is none. */
    static @Nullable JsonNode read(String json) {
        try {
            JsonNode node = READER.readTree(json);
            return node != null && node.isContainerNode() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static ChatPart of(JsonNode said) {
        JsonNode choice = choice(said.path("choices"));
        JsonNode message = choice.path(choice.path("delta").isObject() ? "delta" : "message");
        JsonNode refusal = message.path("refusal");
        String refused = refusal.isTextual() ? refusal.textValue() : "";
        JsonNode reason = choice.path("finish_reason");
        String word = reason.isTextual() ? reason.textValue() : "";
        ChatFailure failure = ChatFailure.of(said)
                .or(() -> ChatFailure.of(choice))
                .orElse(FinishReason.isFailure(word) ? new ChatFailure(0, "") : null);
        List<FunctionCall> calls = choice.path("delta").isObject() ? List.of() : FunctionCall.of(message);
        return new ChatPart(
                message.hasNonNull("content")
                        || !refused.isEmpty()
                        || !calls.isEmpty()
                        || (message.isObject() && !word.isEmpty()),
                text(message.path("content")) + refused,
                calls,
                !refused.isEmpty(),
                word.isEmpty() ? null : FinishReason.of(word),
                failure,
                usage(said));
    }

    private static JsonNode choice(JsonNode choices) {
        for (JsonNode choice : choices) {
            if (choice.path("index").asInt(0) == 0) {
                return choice;
            }
        }
        return MissingNode.getInstance();
    }

    /** A text, or a list of parts of which those of the type {@code text} count. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            String type = part.path("type").asText("text");
            if (part.isTextual()) {
                text.append(part.textValue());
            } else if (type.equals("text") || type.equals("output_text")) {
                JsonNode words = part.path("text");
                text.append(
                        words.isTextual()
                                ? words.textValue()
                                : words.path("value").asText(""));
            } else if (type.equals("refusal")) {
                text.append(part.path("refusal").asText(""));
            }
        }
        return text.toString();
    }

    /** Groq puts it below a member of its own. */
    private static @Nullable ModelUsage usage(JsonNode said) {
        JsonNode own = said.path("usage");
        JsonNode numbers = own.isObject() ? own : said.path("x_groq").path("usage");
        return numbers.isObject()
                ? new ModelUsage(tokens(numbers.path("prompt_tokens")), tokens(numbers.path("completion_tokens")))
                : null;
    }

    /** A number of tokens as a server says it; null where it says none, or one that cannot be. */
    static @Nullable Long tokens(JsonNode number) {
        return number.isNumber()
                        && number.canConvertToExactIntegral()
                        && number.canConvertToLong()
                        && number.longValue() >= 0
                        && number.longValue() <= MAX_TOKENS
                ? (Long) number.longValue()
                : null;
    }
}
