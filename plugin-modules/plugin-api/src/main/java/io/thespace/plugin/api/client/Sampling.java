package io.thespace.plugin.api.client;

import java.util.List;

/**
 * A request to the client's language model to complete messages. The client chooses the model, and may show the
 * messages to its user first.
 *
 * @param name of the question
 * @param system the system prompt; null for none
 * @param turns the messages so far, one at least
 * @param maxTokens the maximum length of the answer
 */
public record Sampling(String name, String system, List<Turn> turns, int maxTokens)
        implements Question<SamplingAnswer> {

    /** A message of the user's, or of the assistant's. */
    public record Turn(boolean ofAssistant, String text) {}

    public Sampling {
        Question.checked(name);
        turns = List.copyOf(turns);
        if (turns.isEmpty() || maxTokens < 1) {
            throw new IllegalArgumentException("A model needs a message, and at least one token for its answer");
        }
    }

    /** A request with one message of the user. */
    public static Sampling of(String name, String text, int maxTokens) {
        return new Sampling(name, null, List.of(new Turn(false, text)), maxTokens);
    }

    @Override
    public Ability ability() {
        return Ability.SAMPLING;
    }

    @Override
    public Class<SamplingAnswer> answerType() {
        return SamplingAnswer.class;
    }
}
