package io.thespace.membership;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.restclient.RestCalls;
import io.thespace.restclient.RestCalls.Permit;
import io.thespace.restclient.UnexpectedStatus;
import io.thespace.restclient.UnreadableResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** A membership backend at a URL. Calls are retried within one deadline, and rejected at once while the backend keeps failing. */
final class MembershipBackend implements AutoCloseable {

    private static final Log LOG = Log.of(MembershipBackend.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration LOCKED = Duration.ofMinutes(15);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int MAX_CALLS = 16;
    private static final int MAX_BYTES = 65_536;

    private final RestCalls calls;
    private final MembershipApi api;
    private final Supplier<String> credential;
    private final Duration limit;

    private final FailsafeExecutor<ValidationView> safely;

    /**
     * A backend.
     *
     * @param credential the value of the {@code Authorization} header
     * @param limit for a call with all its retries
     * @param threads for the workers that wait for the backend
     */
    MembershipBackend(URI url, Supplier<String> credential, Duration limit, ThreadFactory threads) {
        this.credential = credential;
        this.limit = limit;
        this.calls = new RestCalls(url, MAX_CALLS, MAX_BYTES, threads);
        this.api = calls.client(MembershipApi.class, limit);
        RetryPolicy<ValidationView> retry = RetryPolicy.<ValidationView>builder()
                .handleIf(MembershipBackend::passes)
                .withMaxRetries(2)
                .withBackoff(Duration.ofMillis(50), Duration.ofMillis(400))
                .withJitter(0.25)
                .withMaxDuration(limit)
                .build();
        CircuitBreaker<ValidationView> breaker = CircuitBreaker.<ValidationView>builder()
                .handleIf(MembershipBackend::isOutage)
                .withFailureThreshold(5, 10)
                .withDelay(RETRY_AFTER)
                .build();
        this.safely = Failsafe.with(retry, breaker);
    }

    /** Whether another attempt may succeed. A backend that is too slow has used up the time. */
    private static boolean passes(Throwable failure) {
        return failure instanceof UnexpectedStatus answer
                ? PASSING.contains(answer.status())
                : failure instanceof IOException && !(failure instanceof UnreadableResponse);
    }

    /** Whether the failure counts for the circuit breaker; a backend that answers wrongly is not away. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof UnexpectedStatus answer
                ? answer.status() >= 500
                : !(failure instanceof UnreadableResponse);
    }

    /**
     * Validates an invitation.
     *
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code MEMBERSHIP_BUSY}, {@code MEMBERSHIP_UNAVAILABLE}
     */
    ValidationView validate(Actor actor, ValidationRequest request) {
        long end = System.nanoTime() + limit.toNanos();
        String authorization = credential.get();
        ValidationView view;
        try (Permit permit = calls.tryAcquire().orElseThrow(MembershipBackend::busy)) {
            view = safely.get(() -> permit.call(() -> api.validate(authorization, actor.requestId(), request), end));
        } catch (CircuitBreakerOpenException e) {
            throw unavailable();
        } catch (FailsafeException e) {
            throw rejection(e.getCause());
        }
        if (view.valid() != (view.membership() != null)) {
            LOG.warning("Membership backend response rejected", "reason", "valid and membership contradict each other");
            throw unavailable();
        }
        return view;
    }

    private static Rejection rejection(Throwable failure) {
        if (failure instanceof UnexpectedStatus answer) {
            if (answer.status() == 429) {
                return Rejection.later(
                        IdentityError.TOO_MANY_ATTEMPTS,
                        "Too many wrong PINs for this invitation. Try again later.",
                        answer.retryAfter().orElse(LOCKED));
            }
            LOG.warning("Membership backend response rejected", "status", answer.status());
        } else if (failure instanceof UnreadableResponse) {
            // With its cause, which names the place in the JSON.
            LOG.error("Membership backend response unreadable", failure);
        } else {
            LOG.warning("Membership backend call failed", "cause", String.valueOf(failure));
        }
        return unavailable();
    }

    private static Rejection busy() {
        return Rejection.later(
                MembershipError.MEMBERSHIP_BUSY,
                "Too many invitations are being validated. Try again in a moment.",
                Duration.ofSeconds(1));
    }

    private static Rejection unavailable() {
        return Rejection.later(
                MembershipError.MEMBERSHIP_UNAVAILABLE,
                "Invitations cannot be validated now, since the membership backend does not answer. Try again in a moment.",
                RETRY_AFTER);
    }

    @Override
    public void close() {
        calls.close();
    }
}
