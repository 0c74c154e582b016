package io.thespace.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;

/** {@code /management/v1/data-requests}. */
public final class DataRequests {

    private static final String PATH = "/data-requests";

    private final Transport transport;

    DataRequests(Transport transport) {
        this.transport = transport;
    }

    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    /** The newest first; {@code with("state", "blocked")} for some. */
    public Listing<DataRequest> list() {
        return new Listing<>(transport, PATH, DataRequest.class);
    }

    /** Makes a request, which the platform works on by itself. */
    public DataRequest create(DataRequestOrder order) {
        return transport.post(PATH, order, DataRequest.class);
    }

    public DataRequest get(UUID id) {
        return transport.get(PATH + "/" + id, DataRequest.class);
    }

    /**
     * Waits until a request is completed, and looks once more when the time is over.
     *
     * @param longest the maximum wait
     * @return the request; not completed when the maximum was too short, for example because the request needs an
     *     operator
     */
    public DataRequest await(UUID id, Duration longest) {
        Instant end = Instant.now().plus(longest);
        Duration wait = FIRST_LOOK;
        boolean last = longest.isZero() || longest.isNegative();
        DataRequest request = get(id);
        while (!request.completed() && !last) {
            Duration left = Duration.between(Instant.now(), end);
            last = left.compareTo(wait) <= 0;
            Transport.pause(
                    last ? left : wait,
                    new UnreachableException("Interrupted while waiting for data request " + id, null));
            wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : wait;
            request = get(id);
        }
        return request;
    }

    /** Returns the export of an access or portability request, part by part, fetched on demand. */
    public Iterable<DataExport> export(UUID id) {
        return () -> new Iterator<>() {
            private DataExport last;

            @Override
            public boolean hasNext() {
                return last == null || last.part() < last.parts();
            }

            @Override
            public DataExport next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Query part = Query.NONE.with("part", last == null ? 1 : last.part() + 1);
                last = transport.get(PATH + "/" + id + "/export" + part, DataExport.class);
                return last;
            }
        };
    }

    /** Returns the signed receipt of a completed request. */
    public Receipt receipt(UUID id) {
        return transport.get(PATH + "/" + id + "/receipt", Receipt.class);
    }

    /**
     * Verifies an erasure by searching everything again.
     *
     * @param identifier the erased identifier, which the platform no longer has; null to search by the user's id
     */
    public Verification verify(UUID id, String identifier) {
        return transport.ask(
                PATH + "/" + id + "/verify", Collections.singletonMap("identifier", identifier), Verification.class);
    }
}
