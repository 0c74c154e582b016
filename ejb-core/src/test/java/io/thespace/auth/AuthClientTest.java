package io.thespace.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ibex.auth.v1.AuthServiceGrpc;
import ibex.auth.v1.ValidateTokenRequest;
import ibex.auth.v1.ValidateTokenResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.thespace.identity.access.AccessStatusInvalidated;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against an auth service that does as it is told. */
class AuthClientTest {

    private static final UUID ORG = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID AGENT = UUID.randomUUID();
    private static final Actor CALLER = Actor.anonymous("request", "session", "192.0.2.1");

    private final AtomicInteger asked = new AtomicInteger();
    private volatile ValidateTokenResponse holder;
    private volatile Status refusal;
    private volatile String errorCode;
    private volatile boolean silent;
    private Server server;
    private AuthClient client;
    private AuthClient impatient;

    @BeforeEach
    void start() throws Exception {
        String name = InProcessServerBuilder.generateName();
        holder = ValidateTokenResponse.newBuilder()
                .setOrgId(ORG.toString())
                .setUserId(USER.toString())
                .setAgentId(AGENT.toString())
                .setTokenId(USER.toString())
                .setPermissions(Permission.bitmap(List.of(Permission.AGENT_READ)))
                .build();
        server = InProcessServerBuilder.forName(name)
                .addService(new AuthServiceGrpc.AuthServiceImplBase() {
                    @Override
                    public void validateToken(
                            ValidateTokenRequest request, StreamObserver<ValidateTokenResponse> answer) {
                        asked.incrementAndGet();
                        if (silent) {
                            return;
                        }
                        if (refusal != null) {
                            Metadata trailers = new Metadata();
                            trailers.put(AuthClient.ERROR_CODE, String.valueOf(errorCode));
                            answer.onError(refusal.asRuntimeException(trailers));
                            return;
                        }
                        answer.onNext(holder);
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
        client = client(name, Duration.ofSeconds(5));
        impatient = client(name, Duration.ofMillis(50));
    }

    private static AuthClient client(String name, Duration deadline) {
        return new AuthClient(InProcessChannelBuilder.forName(name).build(), deadline);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        impatient.close();
        server.shutdownNow().awaitTermination();
    }

    private void refused(AuthError code, String bearer) {
        refused(code, client, bearer);
    }

    private static void refused(AuthError code, AuthClient by, String bearer) {
        assertThatThrownBy(() -> by.authenticate(bearer, CALLER))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(code));
    }

    @Test
    void theAnswerBecomesTheActor() {
        Actor actor = client.authenticate("ibex_pat_x", CALLER);

        assertThat(actor.orgId()).isEqualTo(ORG);
        assertThat(actor.userId()).isEqualTo(USER);
        assertThat(actor.agentId()).isEqualTo(AGENT);
        assertThat(actor.tokenId()).isEqualTo(USER);
        assertThat(actor.signInId()).isNull();
        assertThat(actor.role()).isEqualTo(Role.GUEST);
        assertThat(actor.permissions()).containsExactly(Permission.AGENT_READ);
        assertThat(actor.requestId()).isEqualTo("request");
        assertThat(actor.address()).isEqualTo("192.0.2.1");
        Actor signedIn = client.authenticate("a.b.c", CALLER);
        assertThat(signedIn.tokenId()).isNull();
        assertThat(signedIn.signInId()).isEqualTo(USER);
    }

    @Test
    void anAnswerIsRememberedUntilItsOrganizationIsOutdated() {
        for (int i = 0; i < 10; i++) {
            client.authenticate("one", CALLER);
        }
        assertThat(asked.get()).isBetween(1, 9);
        client.authenticate("other", CALLER);
        int before = asked.get();
        client.outdated(new AccessStatusInvalidated(UUID.randomUUID()));
        client.outdated(new AccessStatusInvalidated(ORG));
        client.authenticate("one", CALLER);
        client.authenticate("other", CALLER);
        assertThat(asked.get()).isEqualTo(before + 2);
    }

    @Test
    void anAnswerIsNotRememberedBeyondTheTokensEnd() {
        holder = holder.toBuilder()
                .setExpiresAt(Instant.now().getEpochSecond() - 1)
                .build();
        client.authenticate("one", CALLER);
        client.authenticate("one", CALLER);
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void refusalsAreToldApartAndNotRemembered() {
        refusal = Status.UNAUTHENTICATED;
        refused(AuthError.INVALID_TOKEN, "one");
        refusal = Status.PERMISSION_DENIED;
        errorCode = "AGENT_SUSPENDED";
        refused(AuthError.AGENT_SUSPENDED, "one");
        errorCode = "HOLDER_SUSPENDED";
        refused(AuthError.HOLDER_SUSPENDED, "one");
        refusal = Status.UNAVAILABLE;
        refused(AuthError.AUTH_UNAVAILABLE, "one");
        refusal = Status.INTERNAL;
        refused(AuthError.AUTH_UNAVAILABLE, "one");
        refusal = null;
        assertThat(client.authenticate("one", CALLER).orgId()).isEqualTo(ORG);
    }

    @Test
    void whatIsNoTokenIsNotEvenAskedAbout() {
        refused(AuthError.INVALID_TOKEN, "");
        refused(AuthError.INVALID_TOKEN, "x".repeat(20_000));
        assertThat(asked.get()).isZero();
    }

    @Test
    void silenceIsNoConsent() {
        silent = true;
        long start = System.nanoTime();
        refused(AuthError.AUTH_UNAVAILABLE, impatient, "one");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
}
