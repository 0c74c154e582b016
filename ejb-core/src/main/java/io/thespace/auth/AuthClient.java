package io.thespace.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import ibex.auth.v1.AuthServiceGrpc;
import ibex.auth.v1.ValidateTokenRequest;
import ibex.auth.v1.ValidateTokenResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.access.AccessStatusInvalidated;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.token.Tokens;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Client of the auth service, which resolves bearer tokens. */
@ApplicationScoped
public class AuthClient {

    /** The trailer in which the auth service names its refusal. */
    public static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER);

    private static final Log LOG = Log.of(AuthClient.class);

    /** Counted from before the question, so that what is changed meanwhile is seen within a second, too. */
    private static final Duration AGE = Duration.ofMillis(900);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(1);
    private static final int WARMING_QUESTIONS = 100;
    private static final int MAX_TOKENS = 50_000;
    /** Longer than any issuer's tokens; longer ones are rejected without a call. */
    private static final int MAX_CHARACTERS = 16_384;

    /** An answer, and for how long it may be given again. */
    private record Known(ValidateTokenResponse holder, long askedAt) {

        Duration left() {
            Duration left = AGE.minusNanos(System.nanoTime() - askedAt);
            if (holder.getExpiresAt() > 0) {
                Duration lives = Duration.between(Instant.now(), Instant.ofEpochSecond(holder.getExpiresAt()));
                left = lives.compareTo(left) < 0 ? lives : left;
            }
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    private final AsyncCache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfter(Expiry.<String, Known>creating((hash, answer) -> answer.left()))
            .buildAsync();

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicLong reconnectedAt = new AtomicLong(System.nanoTime());
    private ManagedChannel channel;
    private Duration deadline;

    AuthClient() {}

    /** A client of another auth service than the configured one. */
    AuthClient(ManagedChannel channel, Duration deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    @PostConstruct
    void connect() {
        channel = AuthChannel.open(Configuration.get());
        deadline = Duration.ofMillis(Configuration.get().get(Key.AUTH_DEADLINE_MILLIS));
    }

    @PreDestroy
    void close() {
        channel.shutdownNow();
    }

    /**
     * Authenticates a caller.
     *
     * @param bearer a personal access token or an access token
     * @param caller the caller as known without the bearer
     * @throws Rejection with an {@link AuthError}
     */
    public Actor authenticate(String bearer, Actor caller) {
        if (bearer.isEmpty() || bearer.length() > MAX_CHARACTERS) {
            throw new Rejection(AuthError.INVALID_TOKEN, "The bearer token is malformed.");
        }
        ValidateTokenResponse holder = known(bearer).holder();
        UUID tokenId = id(holder.getTokenId());
        boolean personal = Tokens.claimed(bearer);
        return new Actor(
                UUID.fromString(holder.getOrgId()),
                UUID.fromString(holder.getUserId()),
                Role.GUEST,
                personal ? null : tokenId,
                caller.requestId(),
                caller.sessionId(),
                caller.address(),
                false,
                id(holder.getAgentId()),
                Permission.of(holder.getPermissions()),
                personal ? tokenId : null);
    }

    private static UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    /** Whether the auth service answers and reports that it serves. */
    public boolean answers() {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(HEALTH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService(AuthServiceGrpc.SERVICE_NAME)
                                    .build())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            reconnect();
            return false;
        }
    }

    /**
     * Connects, and loads and compiles the classes on the path of requests: the first callers have the same deadline.
     */
    public void warmUp() {
        for (int asked = 0; asked < WARMING_QUESTIONS; asked++) {
            try {
                ask(Tokens.EXAMPLE, PATIENCE);
                LOG.warning("The auth service accepts a token that was never made");
                return;
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNAUTHENTICATED) {
                    LOG.warning(
                            "The auth service does not answer yet",
                            "status",
                            e.getStatus().getCode());
                    return;
                }
            }
        }
    }

    /** Drops all cached callers of an organization. */
    void outdated(@Observes AccessStatusInvalidated event) {
        String orgId = event.orgId().toString();
        // A call sent before the change must not be joined by others; its organization is known only from its response.
        known.asMap()
                .values()
                .removeIf(answer -> !answer.isDone()
                        || answer.isCompletedExceptionally()
                        || answer.join().holder().getOrgId().equals(orgId));
    }

    /**
     * The caller of a bearer; concurrent requests with the same token are coalesced, and no lock of the cache is held
     * meanwhile.
     */
    private Known known(String bearer) {
        String hash = hash(bearer);
        CompletableFuture<Known> mine = new CompletableFuture<>();
        CompletableFuture<Known> others = known.asMap().putIfAbsent(hash, mine);
        if (others != null) {
            try {
                return others.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Rejection rejection) {
                    throw rejection;
                }
                throw e;
            }
        }
        try {
            Known answer = answer(bearer);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private Known answer(String bearer) {
        long askedAt = System.nanoTime();
        try {
            Known answer = new Known(ask(bearer, deadline), askedAt);
            if (away.get() && away.compareAndSet(true, false)) {
                LOG.info("The auth service is back");
            }
            return answer;
        } catch (StatusRuntimeException e) {
            throw refusal(e);
        }
    }

    private ValidateTokenResponse ask(String bearer, Duration limit) {
        return AuthServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                .validateToken(
                        ValidateTokenRequest.newBuilder().setAccessToken(bearer).build());
    }

    private Rejection refusal(StatusRuntimeException failure) {
        String says = failure.getStatus().getDescription();
        return switch (failure.getStatus().getCode()) {
            case UNAUTHENTICATED ->
                new Rejection(AuthError.INVALID_TOKEN, says == null ? "The token is not valid." : says);
            case PERMISSION_DENIED ->
                new Rejection(
                        suspendedAgent(failure) ? AuthError.AGENT_SUSPENDED : AuthError.HOLDER_SUSPENDED,
                        says == null ? "The token's user, organization or agent is suspended." : says);
            default -> {
                if (away.compareAndSet(false, true)) {
                    LOG.error("The auth service is unavailable; the management API rejects all requests", failure);
                }
                reconnect();
                yield Rejection.later(
                        AuthError.AUTH_UNAVAILABLE,
                        "Credentials cannot be checked now. Try again in a moment.",
                        RETRY_AFTER);
            }
        };
    }

    private static boolean suspendedAgent(StatusRuntimeException failure) {
        return failure.getTrailers() != null
                && AuthError.AGENT_SUSPENDED.name().equals(failure.getTrailers().get(ERROR_CODE));
    }

    /** gRPC waits ever longer before it connects anew, up to minutes; here it tries again each second. */
    private void reconnect() {
        long before = reconnectedAt.get();
        long now = System.nanoTime();
        if (now - before > RETRY_AFTER.toNanos() && reconnectedAt.compareAndSet(before, now)) {
            channel.resetConnectBackoff();
        }
    }

    private static String hash(String bearer) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(bearer.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
