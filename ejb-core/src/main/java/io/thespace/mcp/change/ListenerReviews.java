package io.thespace.mcp.change;

import io.thespace.auth.AuthClient;
import io.thespace.identity.access.AccessStatusInvalidated;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.access.Reauthentication;
import io.thespace.identity.signin.SignInEnded;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import io.thespace.token.Tokens;
import io.thespace.worker.RegularTasks;
import io.thespace.worker.Workers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Re-authenticates the clients that wait for changes or for an agent on this node. Ends the streams and the calls of those
 * whose token is no longer valid, and of those whose rights have changed: what such a client may be notified of, or an
 * agent may do for it, was decided at the beginning.
 */
@ApplicationScoped
public class ListenerReviews {

    private static final Log LOG = Log.of(ListenerReviews.class);

    private static final String SIGN_IN_ENDED = "sign_in_ended";
    private static final int REVIEW_THREADS = 2;
    private static final int MAX_QUEUED_REVIEWS = 10_000;

    /** The interval of reviews without a notification while Redis is unavailable. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** Periods between two reviews without a notification while Redis is available. */
    private static final int PERIODS_TO_REVIEW = 12;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Reauthentication<Listener> reauthentication =
            new Reauthentication<>(() -> listeners, listener -> listener.caller, this::review, this::later);

    @Inject
    Authentication authentication;

    @Inject
    AuthClient auth;

    @Inject
    Signals signals;

    @Inject
    Redis redis;

    @Resource
    ManagedThreadFactory threads;

    private Workers reviews;
    private RegularTasks regular;
    private long periods;

    /** A client that waits for changes. No record: its text would contain the token. */
    private static final class Listener {

        private final Actor caller;
        private final String token;
        private final Runnable end;

        Listener(Actor caller, String token, Runnable end) {
            this.caller = caller;
            this.token = token;
            this.end = end;
        }
    }

    @PostConstruct
    void start() {
        reviews = new Workers("mcp listener reviews", REVIEW_THREADS, MAX_QUEUED_REVIEWS, threads);
        regular = new RegularTasks("mcp listener reviews", 1, threads);
        regular.every(PERIOD, this::tick);
        signals.listen(signal -> {
            if (signal.has(SIGN_IN_ENDED) && !listeners.isEmpty()) {
                UUID signInId = UUID.fromString(signal.path(SIGN_IN_ENDED).asText());
                later(() -> reauthentication.signInEnded(signInId));
            }
        });
    }

    @PreDestroy
    void stop() {
        regular.close();
        reviews.close();
    }

    /**
     * Begins to review a client.
     *
     * @param token the bearer token with which the caller was authenticated
     * @param end ends the client's stream or call; must not block
     * @return ends the reviews
     */
    public Runnable begin(Actor caller, String token, Runnable end) {
        Listener listener = new Listener(caller, token, end);
        listeners.add(listener);
        // A change between the caller's authentication and this moment was not seen.
        later(() -> review(listener));
        return () -> listeners.remove(listener);
    }

    /** Runs last: other observers drop what they cached about the callers. */
    void accessReduced(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    AccessStatusInvalidated event) {
        reauthentication.accessReduced(event.orgId());
    }

    void signInEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) SignInEnded event) {
        signals.send(Json.MAPPER
                .createObjectNode()
                .put(SIGN_IN_ENDED, event.signInId().toString()));
    }

    /** Every {@link #PERIOD}: reviews all clients when that is due, for expired tokens and lost notifications. */
    void tick() {
        periods++;
        if (!listeners.isEmpty() && (periods % PERIODS_TO_REVIEW == 0 || !redis.answers())) {
            reauthentication.all();
        }
    }

    private boolean later(Runnable review) {
        try {
            reviews.execute(review);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.warning("Review of MCP clients dropped; retrying within a minute", "waiting", MAX_QUEUED_REVIEWS);
            return false;
        }
    }

    private void review(Listener listener) {
        try {
            if (listeners.contains(listener) && !unchanged(listener)) {
                listener.end.run();
            }
        } catch (RuntimeException e) {
            LOG.warning("Re-authentication of an MCP client failed; retrying", "cause", e);
        }
    }

    /** Whether the token is valid and gives the same rights; true also when that cannot be determined now. */
    private boolean unchanged(Listener listener) {
        Actor before = listener.caller;
        try {
            Actor now = Tokens.claimed(listener.token)
                    ? auth.authenticate(listener.token, before)
                    : authentication.authenticateAnew(listener.token, before.requestId());
            return now.role() == before.role() && now.permissions().equals(before.permissions());
        } catch (Rejection rejection) {
            Kind kind = rejection.code().kind();
            return kind != Kind.UNAUTHENTICATED && kind != Kind.FORBIDDEN;
        }
    }
}
