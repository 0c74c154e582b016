package io.thespace.gateway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A parameter of chat completions that a model's server may take or refuse. */
public enum ModelParameter {
    /** The maximum of tokens to write, as most servers read it. */
    @JsonProperty("max_tokens")
    MAX_TOKENS,
    /** The maximum of tokens to write, those of reasoning included, as OpenAI's reasoning models read it. */
    @JsonProperty("max_completion_tokens")
    MAX_COMPLETION_TOKENS,
    @JsonProperty("temperature")
    TEMPERATURE,
    /** A message of the role {@code system}. */
    @JsonProperty("system")
    SYSTEM,
    /** Includes the usage in the last chunk of a stream. */
    @JsonProperty("stream_options")
    STREAM_OPTIONS;

    /** The parameters that llama.cpp, Ollama, vLLM and most hosted servers accept. */
    static final List<ModelParameter> USUAL = List.of(MAX_TOKENS, TEMPERATURE, SYSTEM, STREAM_OPTIONS);
}
