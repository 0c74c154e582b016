package io.thespace.sdk;

import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/legal-holds}. */
public final class LegalHolds {

    private static final String PATH = "/legal-holds";

    private final Transport transport;

    LegalHolds(Transport transport) {
        this.transport = transport;
    }

    public Listing<LegalHold> list() {
        return new Listing<>(transport, PATH, LegalHold.class);
    }

    /** Places a legal hold on a person's data. */
    public LegalHold place(LegalHoldOrder order) {
        return transport.post(PATH, order, LegalHold.class);
    }

    /** Clears a hold; erasures that wait for it only continue. */
    public LegalHold clear(UUID id, String reason) {
        return transport.post(PATH + "/" + id + "/clear", Map.of("reason", reason), LegalHold.class);
    }
}
