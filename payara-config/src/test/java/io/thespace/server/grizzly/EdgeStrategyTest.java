package io.thespace.server.grizzly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filters in a real Grizzly, over a bare socket. */
class EdgeStrategyTest {

    private static final String NEXT = "GET /api/ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String POST = "POST /api/ok HTTP/1.1\r\nHost: a\r\n";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HttpServer();
        NetworkListener listener = new NetworkListener("http", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(EdgeStrategy.getInstance());
        server.addListener(listener);
        server.getServerConfiguration()
                .addHttpHandler(
                        new HttpHandler() {
                            @Override
                            public void service(Request request, Response response) throws Exception {
                                answer(request, response);
                            }
                        },
                        "/api");
        server.start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    /** As an application, when it marks its responses, and as a server without one. */
    private static void answer(Request request, Response response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (request.getRequestURI().endsWith("/page")) {
            response.setContentType("text/html");
            response.getWriter().write("<html>" + "x".repeat(40_000));
            return;
        }
        if (request.getRequestURI().endsWith("/status")) {
            response.setStatus(Integer.parseInt(request.getQueryString()));
            return;
        }
        response.setHeader("X-Request-Id", "app");
        if (request.getRequestURI().endsWith("/cut")) {
            response.getWriter().write("begun");
            response.flush();
            ((Runnable) request.getAttribute("io.thespace.cut")).run();
            return;
        }
        Object chunked = request.getAttribute("io.thespace.bodyLength");
        response.getWriter()
                .write("ok " + body.length + (chunked == null ? "" : " of " + ((LongSupplier) chunked).getAsLong()));
    }

    private String send(String text) throws IOException {
        int port = server.getListener("http").getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void isRefused(String all, int status) {
        assertThat(all).startsWith("HTTP/1.1 " + status + " ");
        assertThat(all.split("HTTP/1\\.1 ", -1)).as(all).hasSize(2);
        String body = all.substring(all.indexOf("\r\n\r\n") + 4);
        assertThat(body).startsWith("{\"error\":").matches(".*\"}}?");
        assertThat(all).containsIgnoringCase("Content-Length: " + body.length() + "\r\n");
        assertThat(all).containsIgnoringCase("Content-Type: application/json\r\n");
        assertThat(all.split("(?i)content-length:", -1)).as(all).hasSize(2);
        assertThat(all).containsIgnoringCase("connection: close\r\n");
    }

    /** Also after refusals, in the same process: nothing of one request stays with the next. */
    @Test
    void theApplicationsResponsesPassUnchanged() throws IOException {
        for (int i = 0; i < 20; i++) {
            isRefused(send("GET /api/% HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
            String all = send("GET /api/ok HTTP/1.1\r\nHost: a\r\n\r\n" + POST
                    + "Content-Length: 3\r\n\r\nabc" + POST
                    + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n" + NEXT);
            assertThat(all).containsSubsequence("ok 0", "ok 3", "ok 4 of 4", "ok 0");
            assertThat(all.split("HTTP/1\\.1 200", -1)).hasSize(5);
        }
        String large = send(POST + "Connection: close\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000));
        assertThat(large).contains("ok 300000");
    }

    /** A client does not wait for the rest of a response that will not come. */
    @Test
    void theApplicationClosesAConnection() throws IOException {
        assertThat(send("GET /api/cut HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("\r\n0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/%zz", "GET *", "GET api", "GET /\u00e4"})
    void malformedTargets(String request) throws IOException {
        isRefused(send(request + " HTTP/1.1\r\nHost: a\r\n\r\n" + NEXT), 400);
    }

    @Test
    void methodsOfNoEndpoint() throws IOException {
        String all = send("TRACE /management/v1 HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n" + NEXT);

        isRefused(all, 405);
        assertThat(all).contains("Allow: GET, ", "\"code\":\"METHOD_NOT_ALLOWED\"", "\"request_id\":\"mine\"");
    }

    static List<String> ambiguous() {
        String chunks = "\r\n2\r\n{}\r\n0\r\n\r\n";
        return List.of(
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + chunks,
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + chunks,
                POST + "content-length: 2\r\ntransfer-encoding: chunked\r\n" + chunks,
                POST + "Transfer-Encoding: xchunked\r\n" + chunks,
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + chunks,
                POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                POST + "Content-Length: x\r\n\r\n{}",
                "GET /api/ok HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/ok HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/ok HTTP/1.1\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource
    void ambiguous(String request) throws IOException {
        isRefused(send(request + NEXT), 400);
    }

    /** The length of the body counts, and what follows is the next request. */
    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Upgrade: other", "Upgrade: websocket"})
    void anotherProtocolIsNotBegun(String upgrade) throws IOException {
        String head = POST + "Connection: Upgrade\r\n" + upgrade + "\r\n";

        assertThat(send(head + "Content-Length: 3\r\n\r\nabc" + NEXT)).containsSubsequence("ok 3", "ok 0");
        assertThat(send(head + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n" + NEXT))
                .containsSubsequence("ok 4", "ok 0");
        isRefused(
                send(head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + NEXT), 400);
    }

    @Test
    void headsBeyondTheLimit() throws IOException {
        isRefused(send("GET /api/ok HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"), 400);
    }

    @Test
    void headHasNoBody() throws IOException {
        assertThat(send("HEAD /api/% HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n");
        assertThat(send("HEAD /api/ok HTTP/1.1\r\nHost: a b\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n");
    }

    /** Whatever the server says in the application's place. */
    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/", "/api/page", "/api/status?200", "/api/status?404", "/api/status?500"})
    void theServersOwnPages(String path) throws IOException {
        String all = send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        isRefused(all, 503);
        assertThat(all).contains("Retry-After: 5\r\n").doesNotContain("<");
    }

    @Test
    void theServersOwnRefusalsKeepTheirStatus() throws IOException {
        isRefused(send("GET /api/status?413 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 413);
    }
}
