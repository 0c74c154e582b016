package io.thespace.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy that sends each HTTP/1.1 request to the next node in turn, over a connection of its own, and knows nothing of what it
 * carries. A node that takes no connection is passed over until {@code /api/ready} answers there; a request that was sent is
 * never sent again: when its node breaks off, the answer is 502.
 */
final class RoundRobinProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final byte[] BAD_GATEWAY =
            ascii("HTTP/1.1 502 Bad Gateway\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private final List<URI> nodes;
    private final Map<URI, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final Map<URI, Boolean> away = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    RoundRobinProxy(Space... spaces) throws IOException {
        nodes = List.of(spaces).stream().map(Space::base).toList();
        nodes.forEach(node -> answered.put(node, new AtomicInteger()));
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the platform as clients access it. */
    Space space() {
        return new Space(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
    }

    /** How many requests a node has answered. */
    int answered(Space node) {
        return answered.get(node.base()).get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] request = request(in);
            if (request.length > 0) {
                carry(request, out);
            }
        } catch (IOException e) {
            // The client or the node went away; the client sees it by its connection.
        }
    }

    private void carry(byte[] request, OutputStream out) throws IOException {
        // Counted from one number, since other requests take theirs meanwhile: each node is tried once.
        int first = next.getAndIncrement();
        for (int tried = 0; tried < nodes.size(); tried++) {
            URI node = nodes.get(Math.floorMod(first + tried, nodes.size()));
            if (away.getOrDefault(node, false) && !ready(node)) {
                continue;
            }
            try (Socket server = connect(node)) {
                away.remove(node);
                if (forward(server, request, out)) {
                    answered.get(node).incrementAndGet();
                }
                return;
            } catch (ConnectException e) {
                away.put(node, true);
            }
        }
        out.write(BAD_GATEWAY);
    }

    private static Socket connect(URI node) throws IOException {
        Socket server = new Socket();
        server.connect(new InetSocketAddress(node.getHost(), node.getPort()), CONNECT_MILLIS);
        server.setSoTimeout(ANSWER_MILLIS);
        return server;
    }

    private static boolean ready(URI node) {
        try (Socket server = connect(node)) {
            server.getOutputStream()
                    .write(ascii("GET /api/ready HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(node.getAuthority())));
            byte[] status = server.getInputStream().readNBytes(12);
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether there was an answer to the end, as far as a proxy can know. */
    private static boolean forward(Socket server, byte[] request, OutputStream out) throws IOException {
        InputStream in;
        int first;
        try {
            server.getOutputStream().write(request);
            in = server.getInputStream();
            first = in.read();
        } catch (IOException e) {
            first = -1;
            in = InputStream.nullInputStream();
        }
        if (first < 0) {
            out.write(BAD_GATEWAY);
            return false;
        }
        out.write(first);
        in.transferTo(out);
        return true;
    }

    /** Head and body of a request, with the connection to be closed behind it; empty when the client sends none. */
    private static byte[] request(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        int length = 0;
        String line = line(in);
        if (line.isEmpty()) {
            return new byte[0];
        }
        for (; !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            if (!header.startsWith("connection:") && !header.startsWith("upgrade:") && !header.startsWith("http2-")) {
                request.writeBytes(ascii(line + "\r\n"));
            }
        }
        request.writeBytes(ascii("Connection: close\r\n\r\n"));
        request.writeBytes(in.readNBytes(length));
        return request.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
