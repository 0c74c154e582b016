package io.thespace.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers every GET with the same small JSON. Bare sockets, a thread each: it shares the machine with the gateways. */
final class LocalUpstream implements AutoCloseable {

    private static final String BODY = "{\"message\":\"" + "x".repeat(200) + "\"}";

    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "upstream");
        thread.setDaemon(true);
        return thread;
    });

    LocalUpstream() throws IOException {
        threads.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new IllegalStateException("The upstream cannot take connections", e);
            }
        }
    }

    /** Until the gateway closes the connection; a request ends with an empty line. */
    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int last = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n' && last == '\n') {
                    socket.getOutputStream().write(ANSWER);
                }
                last = c == '\r' ? last : c;
            }
        } catch (IOException e) {
            System.err.println("A gateway broke a connection: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
