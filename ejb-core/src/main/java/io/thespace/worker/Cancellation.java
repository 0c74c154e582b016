package io.thespace.worker;

import java.util.ArrayList;
import java.util.List;

/** A cancellation flag for work. Safe for use by many threads. */
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>(); // guarded by this
    private boolean cancelled;

    /** A registration that ends when it is closed. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Cancels the work. Calls each listener once. */
    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    public synchronized boolean cancelled() {
        return cancelled;
    }

    /** Calls a listener when the work is cancelled; at once when it was. The listener must not block. */
    public Registration onCancel(Runnable listener) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(listener);
                return () -> remove(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    private synchronized void remove(Runnable listener) {
        listeners.remove(listener);
    }
}
