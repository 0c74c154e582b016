package io.thespace.sdk;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All items of a list, fetched page by page on demand; at most one page is held in memory. Each iteration starts from
 * the beginning.
 */
public final class Listing<T> implements Iterable<T> {

    private static final int MAX_PAGE_SIZE = 100;

    private final Transport transport;
    private final String path;
    private final Query query;
    private final Class<T> type;

    Listing(Transport transport, String path, Class<T> type) {
        this(transport, path, Query.NONE.with("limit", MAX_PAGE_SIZE), type);
    }

    Listing(Transport transport, String path, Query query, Class<T> type) {
        this.transport = transport;
        this.path = path;
        this.query = query;
        this.type = type;
    }

    /** The same in pages of another size, 1 to 100; 100 by default. */
    public Listing<T> inPagesOf(int size) {
        if (size < 1 || size > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("A page holds 1 to %d items.".formatted(MAX_PAGE_SIZE));
        }
        return new Listing<>(transport, path, query.with("limit", size), type);
    }

    /** Adds a filter of the list, by its name in {@code /management/docs}. */
    public Listing<T> with(String name, String value) {
        return new Listing<>(transport, path, query.with(name, value), type);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private final Queue<T> held = new ArrayDeque<>();
            private String cursor;
            private boolean last;

            @Override
            public boolean hasNext() {
                while (held.isEmpty() && !last) {
                    Page<T> page = transport.page(path + query.with("cursor", cursor), type);
                    held.addAll(page.items());
                    cursor = page.nextCursor();
                    last = cursor == null;
                }
                return !held.isEmpty();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return held.remove();
            }
        };
    }
}
