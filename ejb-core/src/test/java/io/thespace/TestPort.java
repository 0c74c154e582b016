package io.thespace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports for servers of tests. */
public final class TestPort {

    private static final int ATTEMPTS = 100;

    private TestPort() {}

    /** Returns a free loopback port below the ephemeral range: the system gives it to no connection in the meantime. */
    public static int unused() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (free(port)) {
                return port;
            }
        }
        throw new IOException("No free port in " + ATTEMPTS + " attempts");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
