package io.thespace.gateway.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.wire.Exchange;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses in WildFly's servlet container. */
class BodyOutflowTest {

    private static final int SOCKET_TIMEOUT_MILLIS = 20_000;
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private Consumer<BodyOutflow> upstream;
    private Undertow server;
    private int port;

    /** Gives a request to an upstream that answers before the container lets the gateway write. */
    private final class Early extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getAttribute(BodyOutflow.TORN) != null) {
                request.startAsync().setTimeout(1);
                return;
            }
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(0);
            BodyOutflow outflow = new BodyOutflow(Exchange.of(request, response), async, response, ended -> {});
            outflow.open();
            Thread thread = new Thread(() -> upstream.accept(outflow));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        DeploymentManager deployment = Servlets.defaultContainer()
                .addDeployment(Servlets.deployment()
                        .setClassLoader(BodyOutflowTest.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("early")
                        .addServlet(Servlets.servlet("early", Early.class, new ImmediateInstanceFactory<>(new Early()))
                                .addMapping("/*")
                                .setAsyncSupported(true)));
        deployment.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(deployment.start())
                .build();
        server.start();
        port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Socket request(String method) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
        socket.getOutputStream()
                .write((method + " /api/v1/gateway/r HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All that comes until the response has an end, or the server closes the connection. */
    private String response(String method, String end) throws IOException {
        StringBuilder response = new StringBuilder();
        try (Socket socket = request(method)) {
            InputStream in = socket.getInputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                response.append((char) c);
                if (response.toString().endsWith(end)) {
                    break;
                }
            }
        }
        return response.toString();
    }

    private static void begin(BodyOutflow outflow, int status, long length) {
        outflow.begin(status, List.of(Map.entry("X-Upstream", "yes")), length, taken -> {});
    }

    private static ByteBuffer part() {
        return ByteBuffer.wrap("short".getBytes(StandardCharsets.US_ASCII));
    }

    /** @param length of the body in bytes as the upstream announced it; -1 when it did not */
    @ParameterizedTest
    @ValueSource(longs = {-1, 100})
    void whatIsTornBeforeItBeganIsCut(long length) throws IOException {
        upstream = outflow -> {
            begin(outflow, 200, length);
            outflow.data(part());
            outflow.broken();
        };
        assertThat(response("GET", LAST_CHUNK))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(length < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: 100\r\n")
                .doesNotContain(LAST_CHUNK);
    }

    @Test
    void whatIsWholeBeforeItBeganIsWritten() throws IOException {
        upstream = outflow -> {
            begin(outflow, 200, -1);
            outflow.data(part());
            outflow.end();
        };
        assertThat(response("GET", LAST_CHUNK)).endsWith("short\r\n" + LAST_CHUNK);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void whatHasNoBodyHasNoTransferEncoding(int status) throws IOException {
        upstream = outflow -> {
            begin(outflow, status, -1);
            outflow.end();
        };
        for (String method : List.of("GET", "HEAD")) {
            assertThat(response(method, "\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("X-Upstream: yes\r\n")
                    .doesNotContain("Transfer-Encoding");
        }
    }
}
