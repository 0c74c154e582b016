package io.thespace.sdk;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.UUID;

/** {@code /management/v1/memories}. */
public final class Memories {

    private static final String PATH = "/memories";

    private final Transport transport;

    Memories(Transport transport) {
        this.transport = transport;
    }

    /** The newest first, of those that hold; {@code with("category", "preference")} and the like for some. */
    public Listing<Memory> list() {
        return new Listing<>(transport, PATH, Memory.class);
    }

    /** All of them, the oldest first, also those that do not hold now; fetched part by part, as they are read. */
    public Iterable<Memory> export() {
        return () -> new Iterator<>() {
            private final Queue<Memory> held = new ArrayDeque<>();
            private UUID last;
            private boolean over;

            @Override
            public boolean hasNext() {
                if (held.isEmpty() && !over) {
                    held.addAll(transport.lines(PATH + "/export" + Query.NONE.with("after", last), Memory.class));
                    over = held.isEmpty();
                }
                return !held.isEmpty();
            }

            @Override
            public Memory next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Memory memory = held.remove();
                last = memory.id();
                return memory;
            }
        };
    }

    /** Adds a memory, unless its content is kept already. */
    public MemoryReceipt create(MemoryOrder order) {
        return transport.post(PATH, order, MemoryReceipt.class);
    }

    public Memory get(UUID id) {
        return transport.get(PATH + "/" + id, Memory.class);
    }

    public Memory change(UUID id, MemoryChange change) {
        return transport.patch(PATH + "/" + id, change, Memory.class);
    }

    /** For ever. */
    public void delete(UUID id) {
        transport.delete(PATH + "/" + id, null);
    }

    /** The best first, each with what its score is made of. */
    public MemorySearchResult search(MemorySearch search) {
        return transport.ask(PATH + "/search", search, MemorySearchResult.class);
    }

    /** Deletes many, up to 1,000 in a call; as long as there is more, another call has something to do. */
    public BulkDeletion deleteMany(BulkDeletionOrder order) {
        return transport.post(PATH + "/bulk-delete", order, BulkDeletion.class);
    }
}
