package io.thespace.plugin.api.client;

/**
 * A question that asks the client's user to fill in a form.
 *
 * @param name of the question
 * @param message the purpose of the form
 * @param schema JSON Schema of an object, as JSON of up to 16,384 characters. Its properties are texts, numbers, booleans and
 *     choices ({@code enum}, {@code oneOf} with {@code const} and {@code title}, or an array of them), and may have defaults.
 */
public record Form(String name, String message, String schema) implements Question<FormAnswer> {

    private static final String YES_OR_NO =
            """
            {"type": "object", "properties": {"confirmed": {"type": "boolean", "title": "Confirm", "default": false}},
             "required": ["confirmed"]}""";

    public Form {
        Question.checked(name);
    }

    /** A question whether to proceed; {@link FormAnswer#confirmed} reads the answer. */
    public static Form confirmation(String name, String message) {
        return new Form(name, message, YES_OR_NO);
    }

    @Override
    public Ability ability() {
        return Ability.ELICITATION;
    }

    @Override
    public Class<FormAnswer> answerType() {
        return FormAnswer.class;
    }
}
