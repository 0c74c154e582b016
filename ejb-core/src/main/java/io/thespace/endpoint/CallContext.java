package io.thespace.endpoint;

import io.thespace.audit.AuditDraft;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import io.thespace.plugin.api.client.Client;
import io.thespace.worker.Cancellation;
import java.util.Map;
import java.util.Optional;

/**
 * One call on its way through the {@link Pipeline}: request, caller and outcome. It is confined to one thread at a
 * time.
 */
public final class CallContext {

    private static final ThreadLocal<CallContext> CURRENT = new ThreadLocal<>();

    private final Route route;
    private final Actor actor;
    private final Request request;
    private final AuditDraft draft;
    private Map<String, Object> parameters = Map.of();
    private PageRequest page;
    private Upload upload;
    private byte[] body;
    private Client client = NoClient.INSTANCE;
    private Cancellation cancellation = new Cancellation();
    private String workflow;
    private boolean entered;
    private Answer answer;

    /** A call that was not admitted yet. */
    public CallContext(Route route, Actor actor, Request request) {
        this(route, actor, request, draft(route, actor, request));
    }

    private CallContext(Route route, Actor actor, Request request, AuditDraft draft) {
        this.route = route;
        this.actor = actor;
        this.request = request;
        this.upload = request.upload();
        this.body = request.body();
        this.draft = draft;
    }

    /** The draft of the audit record; null for reads, and for callers that still have to sign in. */
    private static AuditDraft draft(Route route, Actor actor, Request request) {
        return route.endpoint().method() == Method.GET || (route.endpoint().role() != null && actor.role() == null)
                ? null
                : new AuditDraft(
                        actor,
                        route.endpoint().method().name(),
                        route.path(),
                        route.group(),
                        route.endpoint().action(),
                        request.path());
    }

    /** The same call without an audit record. */
    CallContext unaudited() {
        return new CallContext(route, actor, request, null);
    }

    /** The same call of the endpoint that took the place of the route's. */
    CallContext movedTo(Route successor) {
        CallContext moved = new CallContext(successor, actor, request, draft);
        moved.entered = entered;
        moved.upload = upload;
        moved.body = body;
        moved.client = client;
        moved.cancellation = cancellation;
        moved.workflow = workflow;
        return moved;
    }

    /**
     * Returns the call of this thread.
     *
     * @throws Rejection {@code DEFECT} without one: the caller was reached without admission
     */
    static CallContext current() {
        CallContext call = CURRENT.get();
        if (call == null) {
            throw new IllegalStateException("No call was admitted on this thread");
        }
        return call;
    }

    /** As {@link #current}; empty when there is none. */
    static Optional<CallContext> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Binds the call to this thread until the result is closed. */
    Scope bind() {
        CallContext before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** Lets an admitted call reach its endpoint on this thread, until {@link #leave}. */
    public void arrive() {
        CURRENT.set(this);
    }

    /** Ends what {@link #arrive} began; does nothing when nothing was begun. */
    public static void leave() {
        CURRENT.remove();
    }

    /** Ends what {@link #bind} began. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    public Route route() {
        return route;
    }

    public Actor actor() {
        return actor;
    }

    Request request() {
        return request;
    }

    /** Returns the draft of the audit record; null when the call is not audited. */
    AuditDraft draft() {
        return draft;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    PageRequest page() {
        return page;
    }

    /** Its parameters and its page are well-formed. */
    void decoded(Map<String, Object> values, PageRequest which) {
        parameters = values;
        page = which;
    }

    Optional<Upload> upload() {
        return Optional.ofNullable(upload);
    }

    /** Adds an uploaded file. The protocol's adapter deletes it after the call. */
    public void uploaded(Upload file) {
        upload = file;
    }

    /** Sets the body, for an endpoint that is declared as data. */
    public void sent(byte[] json) {
        body = json;
    }

    /**
     * Returns the context for a call that can be cancelled, and whose handler can notify and query the client.
     *
     * @param asked the client; used on the handler's thread
     */
    CallContext of(Client asked, Cancellation by) {
        client = asked;
        cancellation = by;
        return this;
    }

    Client client() {
        return client;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The body as it was sent. */
    byte[] body() {
        return body;
    }

    /** A run of this workflow makes the call. */
    CallContext byWorkflow(String id) {
        workflow = id;
        return this;
    }

    /** The workflow whose run makes the call; null for any other caller. */
    String workflow() {
        return workflow;
    }

    /** Whether the handler's side was reached, where refusals are recorded by the pipeline itself. */
    public boolean entered() {
        return entered;
    }

    void enter() {
        entered = true;
    }

    /** Returns the outcome; empty before the call has ended. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    void answered(Answer with) {
        answer = with;
    }
}
