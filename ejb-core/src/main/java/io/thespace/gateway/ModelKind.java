package io.thespace.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model does. */
public enum ModelKind {
    /** Goes on from a text, over OpenAI's chat completions. */
    @JsonProperty("chat")
    CHAT,
    /** Makes vectors of texts, over OpenAI's embeddings. */
    @JsonProperty("embeddings")
    EMBEDDINGS;

    /** The last part of the path at a model's server. */
    String path() {
        return this == CHAT ? "chat/completions" : "embeddings";
    }

    /** As messages name a model of it. */
    String words() {
        return this == CHAT ? "a chat model" : "an embeddings model";
    }
}
