package io.thespace.mcp.servlet.stateless;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request whose answer is a stream, and what is to be done when the stream is over. */
final class ListeningRequest extends HttpServletRequestWrapper {

    private final AtomicBoolean over = new AtomicBoolean();
    private final Runnable last;
    private boolean begun;

    ListeningRequest(HttpServletRequest request, Runnable last) {
        super(request);
        this.last = last;
    }

    /** Whether the stream was begun. */
    boolean begun() {
        return begun;
    }

    @Override
    public AsyncContext startAsync() {
        AsyncContext async = super.startAsync();
        begun = true;
        async.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                ended();
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                ended();
            }

            @Override
            public void onError(AsyncEvent event) {
                ended();
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // It starts once.
            }
        });
        return async;
    }

    private void ended() {
        if (over.compareAndSet(false, true)) {
            last.run();
        }
    }
}
