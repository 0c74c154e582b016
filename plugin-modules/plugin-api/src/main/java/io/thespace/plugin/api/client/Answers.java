package io.thespace.plugin.api.client;

import java.util.Map;

/**
 * Answers to questions.
 *
 * @param byName the answers by the names of the questions
 */
public record Answers(Map<String, Object> byName) {

    public Answers {
        byName = Map.copyOf(byName);
    }

    /** Returns the answer to a question. */
    public <A> A to(Question<A> question) {
        return question.answerType().cast(byName.get(question.name()));
    }
}
