package io.thespace.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Insertion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A call of which a record will be written. It starts with the data known before the call; further data is added by the
 * dispatcher, and through {@link #current} by the use case. It may pass from thread to thread.
 */
public final class AuditDraft {

    private static final ThreadLocal<AuditDraft> CURRENT = new ThreadLocal<>();

    private static final Set<Kind> FAILURES =
            EnumSet.of(Kind.INTERNAL, Kind.UNAVAILABLE, Kind.UPSTREAM_FAILED, Kind.UPSTREAM_LATE);

    private final Actor actor;
    private final String method;
    private final String path;
    private final String source;
    private final String action;
    private final Map<String, String> resource;
    private volatile Actor subject;
    private volatile byte[] requestDigest;
    private volatile byte[] before;
    private volatile byte[] after;

    /**
     * A draft of the record of a call that begins.
     *
     * @param method for example {@code POST}
     * @param path the route's template, for example {@code /api/plugins/financial_business/transfer}
     * @param source the plugin, or the group of the platform's own endpoints
     * @param action its name among actions; null for none
     * @param resource the values of the path's parameters
     */
    public AuditDraft(
            Actor actor, String method, String path, String source, String action, Map<String, String> resource) {
        this.actor = actor;
        this.method = method;
        this.path = path;
        this.source = source;
        this.action = action;
        this.resource = Map.copyOf(resource);
        this.subject = actor;
    }

    /**
     * Lets the use cases on this thread add to a draft until the result is closed.
     *
     * @param draft null for none
     */
    public static Scope bind(AuditDraft draft) {
        AuditDraft before = CURRENT.get();
        set(draft);
        return () -> set(before);
    }

    private static void set(AuditDraft draft) {
        if (draft == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(draft);
        }
    }

    /** Ends what {@link #bind} began. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** The draft of the call that this thread works for; empty when none is audited. */
    public static Optional<AuditDraft> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** A SHA-256 digest of the decoded request. */
    public void asked(byte[] digest) {
        requestDigest = digest;
    }

    /**
     * Records a change of a resource: SHA-256 digests of both states as JSON are kept.
     *
     * @param from the state before; null when it did not exist
     * @param to the state after; null when it was deleted
     */
    public void changed(Object from, Object to) {
        before = digest(from);
        after = digest(to);
    }

    private static byte[] digest(Object resource) {
        try {
            return resource == null
                    ? null
                    : MessageDigest.getInstance("SHA-256").digest(Json.MAPPER.writeValueAsBytes(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The resource cannot be written as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Sets the caller of a call that itself authenticates the caller. */
    public void signedIn(UUID orgId, UUID userId, Role role, UUID signInId) {
        subject = new Actor(
                orgId,
                userId,
                role,
                signInId,
                actor.requestId(),
                actor.sessionId(),
                actor.address(),
                actor.synthetic());
    }

    /** The organization in whose chain the record belongs; null for the platform's. */
    UUID orgId() {
        return subject.orgId();
    }

    /** The record of a success, to be inserted in the transaction of its cause. */
    public Insertion success(AuditedAnswer answer) {
        return done(answer).insertion();
    }

    /** The record of a success. */
    AuditEntry done(AuditedAnswer answer) {
        AuditEntry entry = entry(answer.replayed() ? AuditOutcome.REPLAYED : AuditOutcome.DONE);
        entry.answered(
                answer.status(), answer.digest() == null ? null : HexFormat.of().parseHex(answer.digest()));
        return entry;
    }

    /** The record of a refusal or a failure. */
    AuditEntry refused(Rejection refusal) {
        Kind kind = refusal.code().kind();
        AuditEntry entry = entry(FAILURES.contains(kind) ? AuditOutcome.FAILED : AuditOutcome.REFUSED);
        entry.refused(kind, refusal.code().name());
        return entry;
    }

    private AuditEntry entry(AuditOutcome outcome) {
        return new AuditEntry(subject, method, path, source, action, resource, outcome, requestDigest, before, after);
    }
}
