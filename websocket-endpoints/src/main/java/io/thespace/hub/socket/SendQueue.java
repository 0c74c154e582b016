package io.thespace.hub.socket;

import io.thespace.hub.node.Closing;
import io.thespace.hub.node.Outlet;
import io.thespace.log.Log;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** The frames to be sent to one client: one frame is in progress at a time, and a bounded number wait. */
final class SendQueue implements Outlet {

    private static final Log LOG = Log.of(SendQueue.class);

    static final int MAX_FRAMES = 1_000;
    static final int MAX_CHARACTERS = 2_097_152;
    /** A frame that is not taken for so long ends the connection. */
    private static final long SEND_MILLISECONDS = 20_000;

    private static final int MAX_REASON_BYTES = 123;

    private static final ClassLoader LOADER = new SendClassLoader(SendQueue.class.getClassLoader());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Backlog backlog;
    private final Executor executor;
    private final Runnable lost;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int characters;
    private boolean sending;
    private boolean closed;
    /** The pending close reason, applied after the current frame is sent; null without one. */
    private CloseReason last;

    /** @param lost runs when the queue ends by itself; on a thread other than the sender's */
    SendQueue(Session session, Backlog backlog, Executor executor, Runnable lost) {
        this.session = session;
        this.backlog = backlog;
        this.lost = lost;
        this.remote = session.getAsyncRemote();
        this.executor = executor;
        remote.setSendTimeout(SEND_MILLISECONDS);
    }

    @Override
    public void send(String frame) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (fits(frame)) {
                waiting.add(frame);
                hold(frame.length());
                if (sending) {
                    return;
                }
                sending = true;
            } else {
                frame = null;
            }
        }
        if (frame == null) {
            executor.execute(lost);
            close(Closing.TOO_FAST, "You read too slowly. Reconnect, and fetch what you missed with history.");
        } else {
            next();
        }
    }

    private boolean fits(String frame) {
        return waiting.size() < MAX_FRAMES
                && characters + frame.length() <= MAX_CHARACTERS
                && (waiting.isEmpty() || !backlog.full());
    }

    private void hold(int more) {
        characters += more;
        backlog.add(more);
    }

    private void forget() {
        waiting.clear();
        hold(-characters);
    }

    /** Sends the next frame, and those after it as long as each is gone at once; never deeper than one call. */
    private void next() {
        while (true) {
            String frame;
            synchronized (this) {
                frame = closed ? null : waiting.poll();
                if (frame == null) {
                    sending = false;
                    if (last != null) {
                        endSoon(last);
                        last = null;
                    }
                    return;
                }
                hold(-frame.length());
            }
            Step step = new Step();
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(LOADER);
            try {
                remote.sendText(frame, step::done);
            } catch (RuntimeException e) {
                lost(e);
                return;
            } finally {
                thread.setContextClassLoader(before);
            }
            if (!step.doneAtOnce()) {
                return;
            }
        }
    }

    /**
     * One frame in progress: the later of two events, its completion or the return of the sending call, continues the
     * queue.
     */
    private final class Step {

        private boolean one;

        private synchronized boolean second() {
            boolean was = one;
            one = true;
            return was;
        }

        private void done(SendResult result) {
            if (!result.isOK()) {
                lost(result.getException());
            } else if (second()) {
                next();
            }
        }

        private boolean doneAtOnce() {
            return second();
        }
    }

    private void lost(Throwable cause) {
        synchronized (this) {
            closed = true;
            last = null;
            forget();
        }
        LOG.info("A WebSocket was lost", "cause", String.valueOf(cause));
        executor.execute(() -> {
            lost.run();
            end(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, null));
        });
    }

    @Override
    public void ping() {
        // A client that takes nothing would hold the thread.
        executor.execute(() -> {
            try {
                remote.sendPing(ByteBuffer.allocate(0));
            } catch (IOException | RuntimeException e) {
                lost(e);
            }
        });
    }

    /** Payara's server cuts a connection that has bytes to write yet, so that the client would never learn why. */
    @Override
    public void close(Closing why, String reason) {
        CloseReason close = new CloseReason(CloseReason.CloseCodes.getCloseCode(why.code()), cut(reason));
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            forget();
            if (sending) {
                last = close;
                return;
            }
        }
        endSoon(close);
    }

    private void endSoon(CloseReason reason) {
        executor.execute(() -> end(reason));
    }

    private void end(CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOG.info("A WebSocket was gone before it was closed", "cause", String.valueOf(e));
        }
    }

    /** Truncates a reason to the size of a close frame (RFC 6455, section 5.5); the hub's reasons are plain ASCII. */
    private static String cut(String reason) {
        return reason.length() <= MAX_REASON_BYTES ? reason : reason.substring(0, MAX_REASON_BYTES);
    }
}
