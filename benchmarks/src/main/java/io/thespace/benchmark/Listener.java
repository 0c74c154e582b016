package io.thespace.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A WebSocket client of either server. */
final class Listener implements WebSocket.Listener, AutoCloseable {

    private static final int LIMIT_SECONDS = 60;

    private final Dialect dialect;
    private final String channel;
    private final Consumer<String> heard;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private Listener(Dialect dialect, String channel, Consumer<String> heard) {
        this.dialect = dialect;
        this.channel = channel;
        this.heard = heard;
    }

    /** @param heard is given each message of the channel */
    static CompletableFuture<Listener> open(
            HttpClient http, Dialect dialect, URI address, String channel, Consumer<String> heard) {
        Listener listener = new Listener(dialect, channel, heard);
        return http.newWebSocketBuilder().buildAsync(address, listener).thenApply(socket -> {
            listener.socket = socket;
            return listener;
        });
    }

    /** Waits until the channel is joined. */
    void join() throws Exception {
        say(dialect.join(channel));
        joined.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void say(String frame) throws Exception {
        socket.sendText(frame, true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        from.request(1);
        text.append(part);
        if (!last) {
            return null;
        }
        String frame = text.toString();
        text.setLength(0);
        if (dialect.delivers(frame)) {
            heard.accept(frame);
        } else if (dialect.ready(frame)) {
            joined.complete(null);
        }
        String reply = dialect.reply(frame, channel);
        return reply == null ? null : from.sendText(reply, true);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        joined.completeExceptionally(new IllegalStateException("Closed with " + code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        joined.completeExceptionally(failure);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
