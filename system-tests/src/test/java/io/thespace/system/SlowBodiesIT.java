package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Request bodies that arrive slowly, or never as a whole: they are ended, and nobody else waits for them. */
class SlowBodiesIT {

    private static final int CROWD = 500;
    private static final int LIMIT_MILLIS = 60_000;
    /** Less than the time that a body may take. */
    private static final int HEALTH_MILLIS = 20_000;

    private static final long ENDLESS_BYTES = 256L << 20;

    private static final String SIZED = "Content-Length: 200\r\n\r\n{";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";

    private final Space space = Stage.shared().space();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket connect(int timeoutMillis) throws IOException {
        URI base = space.base();
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), LIMIT_MILLIS);
        socket.setSoTimeout(timeoutMillis);
        return socket;
    }

    private Socket begin(String path, String rest) throws IOException {
        Socket socket = connect(LIMIT_MILLIS);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + rest;
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String health() throws IOException {
        Socket socket = connect(HEALTH_MILLIS);
        socket.getOutputStream()
                .write("GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return all(socket);
    }

    /** All that comes until the server closes. */
    private static String all(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        in.transferTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCrowdOfSlowCallersKeepsNobodyWaiting() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            String path = i % 5 == 4 ? "/api/no/such" : i % 5 == 3 ? "/management/v1/agents" : "/api/auth/login";
            crowd.add(begin(path, i % 2 == 0 ? SIZED : CHUNKED));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(health()).startsWith("HTTP/1.1 200");
        }
        for (Socket socket : crowd) {
            assertThat(all(socket))
                    .startsWith("HTTP/1.1 408")
                    .contains("did not arrive in time")
                    .containsIgnoringCase("Connection: close")
                    .doesNotContain("<html");
        }
    }

    @Test
    void aBodyWithoutAnEndIsRefusedAndItsConnectionClosed() throws IOException {
        Socket socket = begin("/api/auth/login", "Transfer-Encoding: chunked\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        String answer = "";
        try {
            while (sent < ENDLESS_BYTES) {
                out.write(chunk);
                sent += chunk.length;
                answer += received(in);
            }
        } catch (IOException closed) {
            // What is asked for: the server reads no further. What it had sent before can still be read.
            answer += received(in);
        }
        assertThat(sent).isLessThan(ENDLESS_BYTES);
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    private static String received(InputStream in) throws IOException {
        return new String(in.readNBytes(in.available()), StandardCharsets.UTF_8);
    }
}
