package io.thespace.plugin.api.client;

/**
 * A question to the client that made a call.
 *
 * @param <A> the answer
 */
public sealed interface Question<A> permits Form, Roots, Sampling {

    /** Its name, unique in its call: 1 to 64 lower-case letters, digits and {@code _}, a letter first. */
    String name();

    /** Returns the capability that the client needs. */
    Ability ability();

    /** The class of the answer. */
    Class<A> answerType();

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static String checked(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
            throw new IllegalArgumentException(
                    "A question's name is 1 to 64 lower-case letters, digits and _, a letter first; this one is "
                            + name);
        }
        return name;
    }
}
