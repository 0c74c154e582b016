package io.thespace.endpoint;

import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.Ability;
import io.thespace.plugin.api.client.Answers;
import io.thespace.plugin.api.client.Client;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.plugin.api.client.Progress;
import io.thespace.plugin.api.client.Question;

/** The client of a call whose protocol has nothing but requests and answers. */
final class NoClient implements Client {

    static final NoClient INSTANCE = new NoClient();

    private NoClient() {}

    @Override
    public boolean can(Ability ability) {
        return false;
    }

    @Override
    public void progress(Progress progress) {
        // The protocol has no notifications.
    }

    @Override
    public void log(LogLevel level, String logger, String message) {
        // The protocol has no notifications.
    }

    @Override
    public Answers ask(Question<?>... questions) {
        throw new Rejection(
                EndpointError.CLIENT_UNABLE,
                "This call asks its caller something before it does anything. Make it as a tool over MCP, with a client"
                        + " that can be asked.");
    }
}
