package io.thespace.plugin.api.client;

/**
 * The client that made a call and waits for its response. Its capabilities depend on the protocol: MCP clients can be
 * notified, and queried according to the capabilities that they declare; all other callers support neither.
 */
public interface Client {

    /** The maximum of questions in one request to the client. */
    int MAX_QUESTIONS = 10;

    /** Whether the client supports a kind of question. */
    boolean can(Ability ability);

    /** Reports the progress of the call. */
    void progress(Progress progress);

    /**
     * Logs a message to the client: up to 100 in a call, of at least the severity that the client requested, each of up
     * to 4,096 characters.
     *
     * @param logger the part of the plugin that logs; null for none
     */
    void log(LogLevel level, String logger, String message);

    /**
     * Sends questions to the client. <b>A call that has to wait for answers ends here, with a rollback, and its handler
     * is called again with the same request when they have arrived</b>; then this method returns them. Therefore a
     * handler must call it before effects that a rollback does not undo, must not catch its exceptions, and may call it
     * again, up to ten times, with questions that depend on earlier answers. Answers are input from the client, not
     * credentials.
     *
     * @param questions with different names; each supported according to {@link #can}
     * @throws RuntimeException to end the call
     */
    Answers ask(Question<?>... questions);
}
