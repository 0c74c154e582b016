package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ibex.auth.v1.AuthServiceGrpc;
import ibex.auth.v1.AuthServiceGrpc.AuthServiceBlockingStub;
import ibex.auth.v1.CreateTokenRequest;
import ibex.auth.v1.CreateTokenResponse;
import ibex.auth.v1.ListTokensRequest;
import ibex.auth.v1.RevokeTokenRequest;
import ibex.auth.v1.ValidateAgentRequest;
import ibex.auth.v1.ValidateTokenRequest;
import ibex.auth.v1.ValidateTokenResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import io.thespace.plugin.api.Permission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The auth service over gRPC, and what the management API does without one. */
class AuthServiceIT {

    private static final String AGENTS = "/management/v1/agents";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person ownerPerson = stage.fixtures().member(org, "owner");
    private final Caller owner = space.as(ownerPerson);
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", stage.instance().configuration().get(Key.GRPC_PORT))
            .usePlaintext()
            .build();

    @AfterAll
    void disconnect() {
        channel.shutdownNow();
    }

    private AuthServiceBlockingStub stub() {
        return AuthServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private AuthServiceBlockingStub stub(String bearer) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + bearer);
        return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private ValidateTokenResponse validate(String token) {
        return stub().validateToken(
                        ValidateTokenRequest.newBuilder().setAccessToken(token).build());
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, e -> assertThat(
                        e.getStatus().getCode())
                .isEqualTo(code));
    }

    @Test
    void anAccessTokenIsTold() {
        ValidateTokenResponse told = validate(owner.token());

        assertThat(told.getOrgId()).isEqualTo(org.toString());
        assertThat(told.getUserId()).isEqualTo(ownerPerson.id().toString());
        assertThat(told.getAgentId()).isEmpty();
        assertThat(told.getTokenId()).isNotEmpty();
        assertThat(told.getExpiresAt()).isPositive();
        assertThat(Permission.of(told.getPermissions())).contains(Permission.USER_MANAGE);
    }

    @Test
    void whatDoesNotHoldIsUnauthenticated() {
        refused(Status.Code.UNAUTHENTICATED, () -> validate("nonsense"));
        refused(Status.Code.UNAUTHENTICATED, () -> validate(""));
        refused(Status.Code.UNAUTHENTICATED, () -> validate(owner.token() + "x"));
        refused(Status.Code.UNAUTHENTICATED, () -> validate("ibex_pat_x"));
        refused(
                Status.Code.UNAUTHENTICATED,
                () -> validate(Jwt.rs256(
                        Jwt.key(stage.instance()),
                        Jwt.keyId(stage.instance()),
                        Jwt.changed(owner.token(), "exp", 9_000_000_000_000_000_000L))));
        refused(Status.Code.UNAUTHENTICATED, () -> stub().listTokens(ListTokensRequest.getDefaultInstance()));
        refused(Status.Code.UNAUTHENTICATED, () -> stub("nonsense")
                .createToken(CreateTokenRequest.getDefaultInstance()));
    }

    @Test
    void tokensAreMadeListedAndRevoked() {
        CreateTokenResponse made = stub(owner.token())
                .createToken(CreateTokenRequest.newBuilder()
                        .setName("over gRPC")
                        .setPermissions(Permission.bitmap(List.of(Permission.AGENT_READ, Permission.TOKEN_READ)))
                        .build());
        String token = made.getAccessToken();
        assertThat(validate(token).getTokenId()).isEqualTo(made.getToken().getTokenId());
        assertThat(Permission.of(validate(token).getPermissions()))
                .containsExactlyInAnyOrder(Permission.AGENT_READ, Permission.TOKEN_READ);
        space.anonymous().withToken(token).get(AGENTS).is(200);
        assertThat(stub(token)
                        .listTokens(ListTokensRequest.newBuilder().setLimit(1).build())
                        .getTokensCount())
                .isEqualTo(1);
        refused(Status.Code.PERMISSION_DENIED, () -> stub(token)
                .createToken(CreateTokenRequest.newBuilder().setName("x").build()));
        refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                .createToken(CreateTokenRequest.getDefaultInstance()));

        RevokeTokenRequest revocation = RevokeTokenRequest.newBuilder()
                .setTokenId(made.getToken().getTokenId())
                .setReason("test")
                .build();
        Caller stranger = space.as(stage.fixtures().member(stage.fixtures().organization(), "owner"));
        refused(Status.Code.NOT_FOUND, () -> stub(stranger.token()).revokeToken(revocation));
        assertThat(stub(owner.token()).revokeToken(revocation).getToken().getRevokedAt())
                .isPositive();
        refused(Status.Code.UNAUTHENTICATED, () -> validate(token));
        Patience.within(
                Duration.ofSeconds(10),
                () -> space.anonymous().withToken(token).get(AGENTS).refused(401, "INVALID_TOKEN"));
    }

    @Test
    void whatChangesTokensIsRecorded() {
        CreateTokenResponse made = stub(owner.token()).createToken(order().build());
        RevokeTokenRequest revocation = RevokeTokenRequest.newBuilder()
                .setTokenId(made.getToken().getTokenId())
                .build();
        stub(owner.token()).revokeToken(revocation);
        refused(Status.Code.FAILED_PRECONDITION, () -> stub(owner.token()).revokeToken(revocation));

        Patience.within(SOON, () -> {
            String records = owner.get("/management/v1/audit-events?source=Tokens&limit=100")
                    .is(200)
                    .body();
            assertThat(records)
                    .contains(
                            "ibex.auth.v1.AuthService/CreateToken",
                            "ibex.auth.v1.AuthService/RevokeToken",
                            made.getToken().getTokenId(),
                            "ALREADY_REVOKED");
        });
    }

    private static CreateTokenRequest.Builder order() {
        return CreateTokenRequest.newBuilder()
                .setName("over gRPC")
                .setPermissions(Permission.bitmap(List.of(Permission.AGENT_READ)));
    }

    private void refused(CreateTokenRequest.Builder order) {
        refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token()).createToken(order.build()));
    }

    /** Beyond RFC 3339's years, bits that no permission has, texts that the database cannot store, and ids that are none. */
    @Test
    void valuesBeyondTheirRangeAreInvalidArguments() {
        for (long seconds : new long[] {1L << 62, Long.MAX_VALUE, 253_402_300_800L, -1, Long.MIN_VALUE}) {
            refused(order().setExpiresAt(seconds));
        }
        for (long bitmap : new long[] {1L << 62, Long.MIN_VALUE, -1}) {
            refused(order().setPermissions(bitmap));
        }
        for (String name : List.of("", " ", "a\0b", "\0", "x".repeat(201))) {
            refused(order().setName(name));
        }
        for (String id : List.of("\0", "none", "1-1-1-1-1", "x".repeat(1_000))) {
            refused(order().setAgentId(id));
            refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                    .revokeToken(RevokeTokenRequest.newBuilder().setTokenId(id).build()));
            refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                    .listTokens(ListTokensRequest.newBuilder().setAfter(id).build()));
            refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                    .validateAgent(ValidateAgentRequest.newBuilder()
                            .setAgentId(id)
                            .setOrgId(org.toString())
                            .build()));
        }
        refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                .revokeToken(RevokeTokenRequest.newBuilder()
                        .setTokenId(UUID.randomUUID().toString())
                        .setReason("a\0b")
                        .build()));
        refused(Status.Code.INVALID_ARGUMENT, () -> validate("ibex_pat_\0"));
        for (int limit : new int[] {-1, 101, Integer.MAX_VALUE}) {
            refused(Status.Code.INVALID_ARGUMENT, () -> stub(owner.token())
                    .listTokens(ListTokensRequest.newBuilder().setLimit(limit).build()));
        }

        // More than the port reads.
        refused(Status.Code.RESOURCE_EXHAUSTED, () -> stub(owner.token())
                .createToken(order().setName("x".repeat(100_000)).build()));

        CreateTokenResponse last = stub(owner.token())
                .createToken(order().setExpiresAt(253_402_300_799L).build());
        assertThat(last.getToken().getExpiresAt()).isEqualTo(253_402_300_799L);
        assertThat(validate(last.getAccessToken()).getExpiresAt()).isEqualTo(253_402_300_799L);
    }

    /** A length without its bytes, a tag that is none, a group without an end, text that is no UTF-8, and noise. */
    @Test
    void bytesThatAreNoProtobufAreInvalidArguments() {
        byte[] noise = new byte[1000];
        new Random(20).nextBytes(noise);
        noise[0] = 0x07;
        List<byte[]> messages = List.of(
                new byte[] {0x0a, 0x7f},
                new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
                new byte[] {0x00},
                new byte[] {0x0b},
                new byte[] {0x0f},
                noise);
        for (MethodDescriptor<?, ?> method :
                AuthServiceGrpc.getServiceDescriptor().getMethods()) {
            for (byte[] message : messages) {
                refused(Status.Code.INVALID_ARGUMENT, () -> send(method, message));
            }
        }
        for (byte[] text :
                List.of(new byte[] {(byte) 0xc3, 0x28}, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})) {
            byte[] name = {0x0a, (byte) text.length, text[0], text[1], text[text.length - 1]};
            refused(
                    Status.Code.INVALID_ARGUMENT,
                    () -> send(AuthServiceGrpc.getCreateTokenMethod(), Arrays.copyOf(name, 2 + text.length)));
        }
        assertThat(validate(owner.token()).getOrgId()).isEqualTo(org.toString());
    }

    /** Calls a method with a message of these bytes. */
    private <A> A send(MethodDescriptor<?, A> method, byte[] message) {
        MethodDescriptor<byte[], A> raw = MethodDescriptor.<byte[], A>newBuilder()
                .setType(method.getType())
                .setFullMethodName(method.getFullMethodName())
                .setRequestMarshaller(new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(byte[] value) {
                        return new ByteArrayInputStream(value);
                    }

                    @Override
                    public byte[] parse(InputStream stream) {
                        throw new UnsupportedOperationException("Requests are sent and not received");
                    }
                })
                .setResponseMarshaller(method.getResponseMarshaller())
                .build();
        AuthServiceBlockingStub stub = stub(owner.token());
        return ClientCalls.blockingUnaryCall(stub.getChannel(), raw, stub.getCallOptions(), message);
    }

    @Test
    void anAgentsStandingIsTold() {
        String agent = owner.post(AGENTS, "name", "a", "model", "m").is(201).text("id");
        ValidateAgentRequest request = ValidateAgentRequest.newBuilder()
                .setAgentId(agent)
                .setOrgId(org.toString())
                .build();
        assertThat(stub(owner.token()).validateAgent(request).getStatus()).isEqualTo("draft");
        Caller stranger = space.as(stage.fixtures().member(stage.fixtures().organization(), "owner"));
        refused(Status.Code.NOT_FOUND, () -> stub(stranger.token()).validateAgent(request));
        refused(Status.Code.UNAUTHENTICATED, () -> stub().validateAgent(request));
    }

    @Test
    void itTellsThatItServes() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .check(HealthCheckRequest.newBuilder()
                                .setService(AuthServiceGrpc.SERVICE_NAME)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    /** An auth service of these tests' own, which accepts one token, or hangs. */
    private static final class Elsewhere extends AuthServiceGrpc.AuthServiceImplBase {

        private final ValidateTokenResponse holder;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean hangs;

        private Elsewhere(ValidateTokenResponse holder) {
            this.holder = holder;
        }

        @Override
        public void validateToken(ValidateTokenRequest request, StreamObserver<ValidateTokenResponse> answer) {
            asked.incrementAndGet();
            if (hangs) {
                return;
            }
            if (request.getAccessToken().startsWith("good")) {
                answer.onNext(holder);
                answer.onCompleted();
            } else {
                answer.onError(Status.UNAUTHENTICATED.asRuntimeException());
            }
        }

        private Server start(int port) throws IOException {
            return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(this)
                    .build()
                    .start();
        }
    }

    /** Hanging or dead: 503, never in; and back by itself. */
    @Test
    void withoutAnAuthServiceNobodyIsLetIn() throws Exception {
        int port = Stage.unusedPorts(1).get(0);
        Elsewhere elsewhere = new Elsewhere(ValidateTokenResponse.newBuilder()
                .setOrgId(org.toString())
                .setUserId(ownerPerson.id().toString())
                .setPermissions(Permission.bitmap(List.of(Permission.AGENT_READ)))
                .build());
        Path folder = Stage.temporaryFolder();
        Map<String, String> settings = Stage.settings(folder.resolve("node"));
        settings.putAll(stage.stores().settings());
        settings.put(Key.AUTH_TARGET.name(), "127.0.0.1:" + port);
        Server server = elsewhere.start(port);
        try (Node node = new Node(Instance.of(settings), Stage.KIND).started()) {
            Caller caller = node.space().anonymous();
            Patience.within(SOON, () -> caller.withToken("good").get(AGENTS).is(200));
            caller.withToken("bad").get(AGENTS).refused(401, "INVALID_TOKEN");
            // What the platform itself would accept does not count here.
            caller.withToken(owner.token()).get(AGENTS).refused(401, "INVALID_TOKEN");

            int before = elsewhere.asked.get();
            for (int i = 0; i < 20; i++) {
                caller.withToken("good, often").get(AGENTS).is(200);
            }
            assertThat(elsewhere.asked.get() - before).isLessThan(20);

            elsewhere.hangs = true;
            long start = System.nanoTime();
            Answer late = caller.withToken("good, late").get(AGENTS);
            late.refused(503, "AUTH_UNAVAILABLE");
            assertThat(late.header("Retry-After")).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            elsewhere.hangs = false;
            caller.withToken("good, late").get(AGENTS).is(200);

            server.shutdownNow().awaitTermination();
            Patience.within(SOON, () -> caller.withToken("good").get(AGENTS).refused(503, "AUTH_UNAVAILABLE"));
            caller.get("/management/ready").refused(503, "SERVICE_DEGRADED");
            caller.get("/management/health").is(200);

            server = elsewhere.start(port);
            Patience.within(SOON, () -> caller.withToken("good").get(AGENTS).is(200));
        } finally {
            server.shutdownNow();
            Stage.clear(folder);
        }
    }
}
