package io.thespace.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.thespace.identity.IdentityError;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A membership backend at a URL: retried while there is time, left alone while it keeps failing, and never waited for longer. */
final class MembershipBackend {

    /** Below the backend's URL. */
    static final String VALIDATE = "/api/membership/validate-invitation";

    private static final Log LOG = Log.of(MembershipBackend.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int MOST_CALLS = 16;
    private static final int MOST_BYTES = 65_536;

    private static final ObjectReader ANSWER =
            Json.MAPPER.readerFor(ValidationView.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient client;
    private final URI url;
    private final Supplier<String> credential;
    private final Duration limit;

    private final CircuitBreaker<HttpResponse<byte[]>> breaker = CircuitBreaker.<HttpResponse<byte[]>>builder()
            .handle(Exception.class)
            .handleResultIf(response -> response.statusCode() >= 500)
            .withFailureThreshold(5, 10)
            .withDelay(RETRY_AFTER)
            .build();
    private final FailsafeExecutor<HttpResponse<byte[]>> safely;

    /**
     * A backend.
     *
     * @param credential the value of the {@code Authorization} header
     * @param limit for a call with all its retries
     */
    MembershipBackend(URI url, Supplier<String> credential, Duration limit) {
        this.url = URI.create(url.toString().replaceFirst("/+$", "") + VALIDATE);
        this.credential = credential;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
        RetryPolicy<HttpResponse<byte[]>> retry = RetryPolicy.<HttpResponse<byte[]>>builder()
                .handle(IOException.class)
                .handleResultIf(response -> PASSING.contains(response.statusCode()))
                .withMaxRetries(2)
                .withBackoff(Duration.ofMillis(50), Duration.ofMillis(400))
                .withJitter(0.25)
                .withMaxDuration(limit)
                .build();
        this.safely = Failsafe.with(Bulkhead.<HttpResponse<byte[]>>of(MOST_CALLS), retry, breaker);
    }

    /**
     * Whether an invitation holds.
     *
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code MEMBERSHIP_BUSY}, {@code MEMBERSHIP_UNAVAILABLE}
     */
    ValidationView validate(Actor actor, ValidationRequest request) {
        long end = System.nanoTime() + limit.toNanos();
        HttpRequest call = call(actor, request);
        HttpResponse<byte[]> response;
        try {
            response = safely.get(() -> attempt(call, end));
        } catch (BulkheadFullException e) {
            throw Rejection.later(
                    MembershipError.MEMBERSHIP_BUSY,
                    "Too many invitations are being validated. Try again in a moment.",
                    Duration.ofSeconds(1));
        } catch (CircuitBreakerOpenException e) {
            throw unavailable();
        } catch (FailsafeException e) {
            LOG.warning("The membership backend does not answer", "cause", String.valueOf(e.getCause()));
            throw unavailable();
        }
        return read(response);
    }

    private HttpRequest call(Actor actor, ValidationRequest request) {
        try {
            return HttpRequest.newBuilder(url)
                    .header("Authorization", credential.get())
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .header("X-Request-Id", actor.requestId())
                    .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(request)))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of two texts can be written", e);
        }
    }

    /** The whole answer within what is left of the time; the client's own time limits end with the headers. */
    private HttpResponse<byte[]> attempt(HttpRequest call, long end) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(call, headers -> new BoundedBody(MOST_BYTES));
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : e;
        }
    }

    private static ValidationView read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 429) {
            throw Rejection.later(
                    IdentityError.TOO_MANY_ATTEMPTS,
                    "Too many wrong PINs for this invitation. Try again later.",
                    response.headers()
                            .firstValue("Retry-After")
                            .filter(seconds -> seconds.matches("\\d{1,6}"))
                            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                            .orElse(Duration.ofMinutes(15)));
        }
        try {
            if (status == 200) {
                ValidationView view = ANSWER.readValue(response.body());
                if (view.valid() == (view.membership() != null)) {
                    return view;
                }
            }
            LOG.warning("The membership backend answers otherwise than was agreed", "status", status);
        } catch (IOException e) {
            LOG.error("The membership backend's answer cannot be read", e);
        }
        throw unavailable();
    }

    private static Rejection unavailable() {
        return Rejection.later(
                MembershipError.MEMBERSHIP_UNAVAILABLE,
                "Invitations cannot be validated now, since the membership backend does not answer. Try again in a moment.",
                RETRY_AFTER);
    }
}
