package io.thespace.gateway.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a model. */
public enum ModelKind {
    /** Completes texts, over OpenAI's chat completions. */
    @JsonProperty("chat")
    CHAT,
    /** Makes vectors of texts, over OpenAI's embeddings. */
    @JsonProperty("embeddings")
    EMBEDDINGS,
    /** Computes tensors from tensors, in the server's own process, by a file. */
    @JsonProperty("onnx")
    ONNX;

    /** The last part of the path at a model's server. */
    public String path() {
        return this == CHAT ? "chat/completions" : "embeddings";
    }

    /** As messages name a model of it. */
    public String words() {
        return switch (this) {
            case CHAT -> "a chat model";
            case EMBEDDINGS -> "an embeddings model";
            case ONNX -> "an ONNX model";
        };
    }
}
