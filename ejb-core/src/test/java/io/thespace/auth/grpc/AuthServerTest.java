package io.thespace.auth.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ibex.auth.v1.AuthServiceGrpc;
import ibex.auth.v1.CreateTokenRequest;
import ibex.auth.v1.RevokeTokenRequest;
import ibex.auth.v1.ValidateTokenRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.thespace.TestPort;
import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.auth.AuthChannel;
import io.thespace.auth.CredentialView;
import io.thespace.auth.Credentials;
import io.thespace.configuration.Configuration;
import io.thespace.endpoint.EndpointError;
import io.thespace.identity.TestCertificate;
import io.thespace.limit.NoQuotas;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.token.TokenError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gRPC port over TLS, reached by the configuration with which a node reaches an auth service elsewhere. */
class AuthServerTest {

    private static final UUID ORG = UUID.randomUUID();

    @TempDir
    static Path folder;

    private final Map<String, String> listening = new HashMap<>();
    private final Map<String, String> asking = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AuthServer server = new AuthServer();
    private final Queue<ErrorCode> recorded = new ConcurrentLinkedQueue<>();
    private final Queue<String> addresses = new ConcurrentLinkedQueue<>();
    private ManagedChannel channel;

    /** Three who vouch for themselves. */
    @BeforeAll
    static void certificates() throws Exception {
        for (String name : new String[] {"node", "client", "stranger"}) {
            KeyStore keys = TestCertificate.create(folder, name);
            pem(name + ".pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
            pem(
                    name + ".key",
                    "PRIVATE KEY",
                    keys.getKey("a", TestCertificate.PASSWORD).getEncoded());
        }
    }

    private static void pem(String file, String label, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                folder.resolve(file), "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private void open() throws Exception {
        int port = TestPort.unused();
        listening.put("SPACE_GRPC_PORT", Integer.toString(port));
        asking.put("SPACE_AUTH_TARGET", "127.0.0.1:" + port);
        listening.put("SPACE_GRPC_CERTIFICATE", file("node.pem"));
        listening.put("SPACE_GRPC_KEY", file("node.key"));
        server.credentials = new Credentials() {
            @Override
            public CredentialView validate(String bearer, String requestId) {
                if (!bearer.equals("good")) {
                    throw new Rejection(TokenError.TOKEN_INVALID, "The token does not hold.");
                }
                return new CredentialView(
                        ORG, UUID.randomUUID(), null, null, true, Set.of(Permission.AGENT_READ), null, false);
            }

            @Override
            public Actor actor(String bearer, String requestId, String address) {
                addresses.add(address);
                return super.actor(bearer, requestId, address);
            }
        };
        server.limits = NoQuotas.limits();
        server.audit = new AuditAfterwards() {
            @Override
            public void refused(AuditDraft draft, Rejection refusal) {
                recorded.add(refusal.code());
            }
        };
        server.open(Configuration.read(listening::get), threads);
        channel = AuthChannel.open(Configuration.read(asking::get));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.stop();
        threads.shutdownNow();
    }

    private String organization(String bearer) {
        return AuthServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .validateToken(
                        ValidateTokenRequest.newBuilder().setAccessToken(bearer).build())
                .getOrgId();
    }

    private Status.Code refused(String bearer) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> organization(bearer))
                .getStatus()
                .getCode();
    }

    @Test
    void whoKnowsTheNodesAuthorityIsServedOverTls() throws Exception {
        asking.put("SPACE_AUTH_CA", file("node.pem"));
        open();

        assertThat(organization("good")).isEqualTo(ORG.toString());
        assertThat(refused("bad")).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .check(HealthCheckRequest.newBuilder()
                                .setService(AuthServiceGrpc.SERVICE_NAME)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(reflected().getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(AuthServiceGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
    }

    @Test
    void aTokenChangeWithoutItsPermissionIsRecordedWithTheClientsAddress() throws Exception {
        asking.put("SPACE_AUTH_CA", file("node.pem"));
        open();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer good");
        AuthServiceGrpc.AuthServiceBlockingStub stub = AuthServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> stub.createToken(
                        CreateTokenRequest.newBuilder().setName("t").build()),
                () -> stub.revokeToken(RevokeTokenRequest.newBuilder()
                        .setTokenId(UUID.randomUUID().toString())
                        .build()))) {
            assertThat(catchThrowableOfType(StatusRuntimeException.class, call)
                            .getStatus()
                            .getCode())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
        }

        assertThat(recorded).containsExactly(EndpointError.PERMISSION_MISSING, EndpointError.PERMISSION_MISSING);
        assertThat(addresses).containsExactly("127.0.0.1", "127.0.0.1");
    }

    private ServerReflectionResponse reflected() throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> question = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.cancel(false);
                    }
                });
        question.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        ServerReflectionResponse response = answer.get(20, TimeUnit.SECONDS);
        question.onCompleted();
        return response;
    }

    @Test
    void whoTrustsSomebodyElseOrSpeaksInClearIsNotServed() throws Exception {
        asking.put("SPACE_AUTH_CA", file("stranger.pem"));
        open();
        assertThat(refused("good")).isEqualTo(Status.Code.UNAVAILABLE);

        channel.shutdownNow();
        asking.remove("SPACE_AUTH_CA");
        channel = AuthChannel.open(Configuration.read(asking::get));
        assertThat(refused("good")).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void withAClientAuthorityOnlyItsClientsAreServed() throws Exception {
        listening.put("SPACE_GRPC_CLIENT_CA", file("client.pem"));
        asking.put("SPACE_AUTH_CA", file("node.pem"));
        open();
        assertThat(refused("good")).isEqualTo(Status.Code.UNAVAILABLE);

        show("stranger");
        assertThat(refused("good")).isEqualTo(Status.Code.UNAVAILABLE);

        show("client");
        assertThat(organization("good")).isEqualTo(ORG.toString());
    }

    private void show(String name) {
        channel.shutdownNow();
        asking.put("SPACE_AUTH_CERTIFICATE", file(name + ".pem"));
        asking.put("SPACE_AUTH_KEY", file(name + ".key"));
        channel = AuthChannel.open(Configuration.read(asking::get));
    }
}
