package io.thespace.mcp;

import io.thespace.log.Log;
import io.thespace.plugin.api.Progress;
import java.util.function.Consumer;

/** Hands on the reports of one call: some only, and none after the call has ended. A listener that fails costs its reports alone. */
final class ProgressReports implements Consumer<Progress>, AutoCloseable {

    /** So few that they fit the buffers of a connection whose client does not read. */
    static final int MAX_REPORTS = 100;

    static final int MAX_MESSAGE = 200;

    private static final Log LOG = Log.of(ProgressReports.class);

    private final Consumer<Progress> listener;
    private int left = MAX_REPORTS;

    ProgressReports(Consumer<Progress> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(Progress progress) {
        if (left == 0 || !Double.isFinite(progress.done())) {
            return;
        }
        left--;
        String message = progress.message();
        try {
            listener.accept(
                    message == null || message.length() <= MAX_MESSAGE
                            ? progress
                            : new Progress(progress.done(), progress.total(), message.substring(0, MAX_MESSAGE)));
        } catch (RuntimeException e) {
            left = 0;
            LOG.info("Progress cannot be reported", "cause", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized void close() {
        left = 0;
    }
}
