package io.thespace.sdk;

/** {@code /management/v1/audit-events}. */
public final class AuditEvents {

    private static final String PATH = "/audit-events";

    private final Transport transport;

    AuditEvents(Transport transport) {
        this.transport = transport;
    }

    /**
     * Returns audit records; filters are {@code with("user_id", …)}, {@code "source"}, {@code "outcome"}, {@code
     * "request_id"}, {@code "since"} and {@code "until"}.
     */
    public Listing<AuditEvent> list() {
        return new Listing<>(transport, PATH, AuditEvent.class);
    }
}
