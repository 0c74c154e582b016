package io.thespace.plugin.api.client;

/** A capability of a client. */
public enum Ability {
    /** Its user fills in a form. */
    ELICITATION,
    /** Its language model completes messages. */
    SAMPLING,
    /** It lists the directories that it works in. */
    ROOTS
}
