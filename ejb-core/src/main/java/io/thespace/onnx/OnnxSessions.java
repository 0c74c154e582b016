package io.thespace.onnx;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The models that are loaded, by the digest of their file; those that were unused longest are closed for others. */
final class OnnxSessions implements AutoCloseable {

    /** A model that is loaded, or about to be. What is not volatile is guarded by the sessions. */
    private static final class Entry {

        private volatile OnnxSession session;
        private volatile long bytes;
        private int users;
        private boolean dropped;
    }

    private final long maxBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param maxBytes the maximum total size of the files of unused models that stay loaded */
    OnnxSessions(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Works with a model, which is loaded before if need be.
     *
     * @param content the file's
     */
    <T> T with(String sha256, Supplier<byte[]> content, Function<OnnxSession, T> work) {
        Entry entry = enter(sha256);
        try {
            return work.apply(loaded(entry, content));
        } finally {
            leave(sha256, entry);
        }
    }

    private synchronized Entry enter(String sha256) {
        Entry entry = entries.computeIfAbsent(sha256, key -> new Entry());
        entry.users++;
        return entry;
    }

    private static OnnxSession loaded(Entry entry, Supplier<byte[]> content) {
        synchronized (entry) {
            if (entry.session == null) {
                byte[] file = content.get();
                entry.session = OnnxSession.load(file);
                entry.bytes = file.length;
            }
            return entry.session;
        }
    }

    private synchronized void leave(String sha256, Entry entry) {
        entry.users--;
        if (entry.users == 0 && (entry.dropped || entry.session == null)) {
            entries.remove(sha256, entry);
            close(entry);
        }
        long held = entries.values().stream().mapToLong(one -> one.bytes).sum();
        for (Iterator<Entry> left = entries.values().iterator(); left.hasNext() && held > maxBytes; ) {
            Entry unusedLongest = left.next();
            if (unusedLongest.users == 0) {
                left.remove();
                close(unusedLongest);
                held -= unusedLongest.bytes;
            }
        }
    }

    /** Closes all other models; those in use when their work is done. */
    synchronized void keep(Set<String> sha256s) {
        entries.entrySet().removeIf(one -> {
            Entry entry = one.getValue();
            entry.dropped = !sha256s.contains(one.getKey());
            if (!entry.dropped || entry.users > 0) {
                return false;
            }
            close(entry);
            return true;
        });
    }

    private static void close(Entry entry) {
        if (entry.session != null) {
            entry.session.close();
        }
    }

    /** Returns the number of models that are loaded or loading. */
    synchronized int size() {
        return entries.size();
    }

    @Override
    public void close() {
        keep(Set.of());
    }
}
