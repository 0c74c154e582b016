package io.thespace.auth;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The way to the auth service that is configured. */
public final class AuthChannel {

    /**
     * The channel name of the embedded auth service inside the node, independent of the client authentication of its
     * port.
     */
    public static final String EMBEDDED = "the-space-auth";

    private AuthChannel() {}

    /**
     * A connection to the auth service, made when it is first used.
     *
     * @throws IllegalStateException when a certificate or key cannot be read
     */
    public static ManagedChannel open(Configuration configuration) {
        Optional<String> target = configuration.find(Key.AUTH_TARGET);
        if (target.isEmpty()) {
            // On the caller's thread: a question inside the node waits in no queue.
            return InProcessChannelBuilder.forName(EMBEDDED).directExecutor().build();
        }
        return Grpc.newChannelBuilder(target.get(), credentials(configuration)).build();
    }

    private static ChannelCredentials credentials(Configuration configuration) {
        Optional<Path> authority = configuration.find(Key.AUTH_CA);
        if (authority.isEmpty()) {
            return InsecureChannelCredentials.create();
        }
        try {
            TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder()
                    .trustManager(authority.get().toFile());
            Optional<Path> certificate = configuration.find(Key.AUTH_CERTIFICATE);
            Optional<Path> key = configuration.find(Key.AUTH_KEY);
            if (certificate.isPresent() && key.isPresent()) {
                tls.keyManager(certificate.get().toFile(), key.get().toFile());
            }
            return tls.build();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "A file that SPACE_AUTH_CA, SPACE_AUTH_CERTIFICATE or SPACE_AUTH_KEY names cannot be read", e);
        }
    }
}
