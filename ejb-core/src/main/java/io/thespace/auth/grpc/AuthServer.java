package io.thespace.auth.grpc;

import ibex.auth.v1.AuthServiceGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.thespace.agent.Agents;
import io.thespace.audit.AuditAfterwards;
import io.thespace.auth.AuthChannel;
import io.thespace.auth.AuthClient;
import io.thespace.auth.Credentials;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.limit.Limits;
import io.thespace.log.Log;
import io.thespace.token.Tokens;
import io.thespace.worker.Workers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The node's gRPC port, and the same service for the node itself. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuthServer {

    private static final Log LOG = Log.of(AuthServer.class);
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_CALLS = 100;
    private static final int DRAIN_SECONDS = 5;
    /** As many calls as the pool has connections to the database. */
    private static final int WORKERS = 32;

    private static final int MAX_QUEUED = 1_000;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Credentials credentials;

    @Inject
    Tokens tokens;

    @Inject
    Agents agents;

    @Inject
    Limits limits;

    @Inject
    AuditAfterwards audit;

    @Inject
    AuthClient client;

    private final HealthStatusManager health = new HealthStatusManager();
    private List<Server> servers = List.of();
    private Workers workers;

    @PostConstruct
    void start() {
        workers = new Workers("auth", WORKERS, MAX_QUEUED, threads);
        open(Configuration.get(), workers);
        workers.execute(client::warmUp);
    }

    /** Listens as it is configured. */
    void open(Configuration configuration, Executor calls) {
        String address = configuration.get(Key.GRPC_ADDRESS);
        int port = configuration.get(Key.GRPC_PORT);
        try {
            Server inside = serving(InProcessServerBuilder.forName(AuthChannel.EMBEDDED), Runnable::run, calls)
                    .build()
                    .start();
            servers = List.of(inside);
            Server outside = serving(
                            NettyServerBuilder.forAddress(
                                            new InetSocketAddress(address, port), credentials(configuration))
                                    .maxInboundMessageSize(MAX_BYTES)
                                    .maxConcurrentCallsPerConnection(MAX_CALLS),
                            calls,
                            calls)
                    .addService(StorableMessages.guard(ProtoReflectionServiceV1.newInstance()))
                    .build()
                    .start();
            servers = List.of(inside, outside);
        } catch (IOException e) {
            stop();
            throw new IllegalStateException(
                    "The gRPC port %s:%d cannot be opened; choose another SPACE_GRPC_PORT".formatted(address, port), e);
        }
        health.setStatus(AuthServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
        LOG.info("The auth service listens", "address", address, "port", port);
    }

    /** @param afterwards runs what a caller does not wait for */
    private <B extends ServerBuilder<B>> B serving(B builder, Executor calls, Executor afterwards) {
        return builder.executor(calls)
                .intercept(new AuthCalls.Headers())
                .addService(
                        StorableMessages.guard(new AuthCalls(credentials, tokens, agents, limits, audit, afterwards)))
                .addService(StorableMessages.guard(health.getHealthService()));
    }

    private static ServerCredentials credentials(Configuration configuration) {
        Optional<Path> certificate = configuration.find(Key.GRPC_CERTIFICATE);
        Optional<Path> key = configuration.find(Key.GRPC_KEY);
        if (certificate.isEmpty() || key.isEmpty()) {
            return InsecureServerCredentials.create();
        }
        try {
            TlsServerCredentials.Builder tls = TlsServerCredentials.newBuilder()
                    .keyManager(certificate.get().toFile(), key.get().toFile());
            Optional<Path> clients = configuration.find(Key.GRPC_CLIENT_CA);
            if (clients.isPresent()) {
                tls.trustManager(clients.get().toFile()).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
            }
            return tls.build();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "A file that SPACE_GRPC_CERTIFICATE, SPACE_GRPC_KEY or SPACE_GRPC_CLIENT_CA names cannot be read",
                    e);
        }
    }

    @PreDestroy
    void stop() {
        health.enterTerminalState();
        servers.forEach(Server::shutdown);
        try {
            for (Server server : servers) {
                if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                    server.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            servers.forEach(Server::shutdownNow);
            Thread.currentThread().interrupt();
        }
        if (workers != null) {
            workers.close();
        }
    }
}
