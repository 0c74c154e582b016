package io.thespace.gateway.generation;

import io.thespace.gateway.model.ModelUsage;
import java.util.List;

/**
 * The embeddings of texts.
 *
 * @param embeddings a vector for each text, in the order of the texts; all of one length
 * @param model the model that computed them
 * @param usage the token usage
 */
public record EmbeddingsView(List<List<Double>> embeddings, String model, ModelUsage usage) {}
