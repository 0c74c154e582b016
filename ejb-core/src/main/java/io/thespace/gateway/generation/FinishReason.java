package io.thespace.gateway.generation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Why a model stopped writing, in the words of OpenAI's chat completions whichever server it runs on. */
public enum FinishReason {
    /** The model finished, or reached a stop sequence. */
    @JsonProperty("stop")
    STOP,
    /** The model reached the maximum of tokens or the end of its context. */
    @JsonProperty("length")
    LENGTH,
    /** The server withheld the rest, or the model declined to answer. */
    @JsonProperty("content_filter")
    CONTENT_FILTER,
    /** The model wants a tool to be called. */
    @JsonProperty("tool_calls")
    TOOL_CALLS,
    /** A reason that the gateway does not support. */
    @JsonProperty("other")
    OTHER;

    /** By the words of servers, in lower case. */
    private static final Map<String, FinishReason> BY_WORD = byWord(Map.of(
            STOP, List.of("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete", "completed"),
            LENGTH, List.of("length", "max_tokens", "model_length", "max_length", "max_output_tokens", "error_limit"),
            CONTENT_FILTER,
                    List.of(
                            "content_filter",
                            "content_filtered",
                            "guardrail_intervened",
                            "refusal",
                            "safety",
                            "recitation",
                            "blocklist",
                            "prohibited_content",
                            "spii",
                            "language",
                            "error_toxic"),
            TOOL_CALLS, List.of("tool_calls", "tool_call", "tool_use", "function_call")));

    /** Words of servers that broke off: what the model wrote until then is not its answer. */
    private static final Set<String> FAILURES =
            Set.of("error", "abort", "aborted", "cancelled", "user_cancel", "timeout", "insufficient_system_resource");

    private static Map<String, FinishReason> byWord(Map<FinishReason, List<String>> words) {
        Map<String, FinishReason> all = new HashMap<>();
        words.forEach((reason, own) -> own.forEach(word -> all.put(word, reason)));
        return Map.copyOf(all);
    }

    /** The reason that a server's word stands for. */
    static FinishReason of(String word) {
        return BY_WORD.getOrDefault(normal(word), OTHER);
    }

    /** Whether a server's reason means that the generation broke off. */
    static boolean isFailure(String word) {
        return FAILURES.contains(normal(word));
    }

    /** The part after a colon is a detail, as in {@code content_filter: SPII}. */
    private static String normal(String word) {
        int colon = word.indexOf(':');
        return (colon < 0 ? word : word.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    }
}
