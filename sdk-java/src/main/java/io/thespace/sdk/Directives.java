package io.thespace.sdk;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/directives}. */
public final class Directives {

    private static final String PATH = "/directives";

    private final Transport transport;

    Directives(Transport transport) {
        this.transport = transport;
    }

    /** {@code with("scope", "agent")}, {@code "agent_id"} or {@code "status"} for some. */
    public Listing<Directive> list() {
        return new Listing<>(transport, PATH, Directive.class);
    }

    /** Makes a directive, as a draft. */
    public Directive create(DirectiveOrder order) {
        return transport.post(PATH, order, Directive.class);
    }

    public Directive get(UUID id) {
        return transport.get(PATH + "/" + id, Directive.class);
    }

    /** Drafts a new version. */
    public Directive change(UUID id, DirectiveChange change) {
        return transport.patch(PATH + "/" + id, change, Directive.class);
    }

    /** Deletes what is not in force. */
    public void delete(UUID id) {
        transport.delete(PATH + "/" + id, null);
    }

    public Listing<DirectiveVersion> versions(UUID id) {
        return new Listing<>(transport, PATH + "/" + id + "/versions", DirectiveVersion.class);
    }

    /** Puts the latest version in force. */
    public Directive promote(UUID id) {
        return transport.post(PATH + "/" + id + "/promote", null, Directive.class);
    }

    /** Puts a version in force. */
    public Directive promote(UUID id, int version) {
        return transport.post(
                PATH + "/" + id + "/promote" + Query.NONE.with("version", version), null, Directive.class);
    }

    /** Takes out of force what is in it. */
    public Directive revoke(UUID id, String reason) {
        return transport.post(PATH + "/" + id + "/revoke", Map.of("reason", reason), Directive.class);
    }

    /** Returns the directives that apply to an agent now, by priority. */
    public List<ResolvedDirective> resolved(UUID agentId) {
        return transport.list("/agents/" + agentId + PATH + "/resolved", ResolvedDirective.class);
    }
}
