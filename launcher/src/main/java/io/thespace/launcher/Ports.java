package io.thespace.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;

/** TCP ports of this machine. */
public final class Ports {

    private Ports() {}

    /** Whether something could listen there now. */
    static boolean free(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something answers there on loopback. */
    static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns distinct free loopback ports below the ephemeral range. */
    public static List<Integer> unused(int count) {
        return new Random()
                .ints(20_000, 32_000)
                .distinct()
                .filter(port -> free("127.0.0.1", port))
                .limit(count)
                .boxed()
                .toList();
    }
}
