package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * As much of RFC 6455 as a test needs. It refuses every path but the hub's, echoes frames with {@code as} for a type, and closes
 * with 4401 when asked to.
 */
final class TinyHub implements AutoCloseable {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final List<String> handshakes = new CopyOnWriteArrayList<>();
    private final CountDownLatch goodbye = new CountDownLatch(1);

    TinyHub() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The heads of all handshakes. */
    List<String> handshakes() {
        return handshakes;
    }

    /** Waits for a client's close frame. */
    void awaitGoodbye() throws InterruptedException {
        if (!goodbye.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("No close frame came");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> serve(client));
            }
        } catch (SocketException e) {
            return; // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = client.getOutputStream()) {
            String head = head(in);
            handshakes.add(head);
            if (!head.startsWith("GET /api/v1/ws HTTP/1.1")) {
                out.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String key = head.lines()
                    .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                    .map(line -> line.substring(18).trim())
                    .findFirst()
                    .orElseThrow();
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            frames(in, out);
        } catch (EOFException | SocketException e) {
            return; // the client is gone
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private void frames(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            if (opcode == 8) {
                goodbye.countDown();
                return;
            }
            JsonNode frame = Json.tree(payload).orElseThrow();
            if (frame.path("type").asText().equals("close")) {
                ByteArrayOutputStream close = new ByteArrayOutputStream();
                close.write(4401 >> 8);
                close.write(4401 & 0xff);
                close.write("Sign in.".getBytes(StandardCharsets.US_ASCII));
                send(out, 8, close.toByteArray());
            } else {
                ((ObjectNode) frame).set("type", frame.path("as"));
                send(out, 1, frame.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void send(OutputStream out, int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        frame.write(payload.length); // below 126 in these tests
        frame.write(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
