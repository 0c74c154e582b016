package io.thespace.gateway.generation;

import io.thespace.gateway.model.ModelUsage;
import java.util.List;

/**
 * What a model made of texts.
 *
 * @param embeddings a vector for each text, in the order of the texts; all of one length
 * @param model which one made them
 * @param usage what it took
 */
public record EmbeddingsView(List<List<Double>> embeddings, String model, ModelUsage usage) {}
