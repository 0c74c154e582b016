package io.thespace.plugin.api.client;

/**
 * The client that made a call and waits for its response. Its capabilities depend on the protocol: MCP clients can be
 * notified, and asked for what they declare; all other callers support neither.
 */
public interface Client {

    /** How many questions a call may ask together. */
    int MAX_QUESTIONS = 10;

    /** Whether it can be asked for something. */
    boolean can(Ability ability);

    /** Reports how far the call has come. */
    void progress(Progress progress);

    /**
     * Logs a message to the client: up to 100 in a call, those at least as severe as the client wants, each of up to 4,096
     * characters.
     *
     * @param logger which part of the plugin logs; null for none
     */
    void log(LogLevel level, String logger, String message);

    /**
     * Asks the client something. <b>A call that has to wait for answers ends here, with a rollback, and its handler is called again
     * with the same request when they have come</b>; then this method returns them. So a handler asks before it has effects that
     * no rollback takes back, does not catch what this method throws, and may ask again, up to ten times, what depends on earlier
     * answers. The answers are what the client says: they are no credentials.
     *
     * @param questions with different names; each fits {@link #can}
     * @throws RuntimeException to end the call
     */
    Answers ask(Question<?>... questions);
}
