package io.thespace.plugin.api.client;

/**
 * A question for the client's working directories.
 *
 * @param name of the question
 */
public record Roots(String name) implements Question<RootsAnswer> {

    public Roots {
        Question.checked(name);
    }

    @Override
    public Ability ability() {
        return Ability.ROOTS;
    }

    @Override
    public Class<RootsAnswer> answerType() {
        return RootsAnswer.class;
    }
}
