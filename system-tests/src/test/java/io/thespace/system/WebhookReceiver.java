package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server that takes webhooks' requests and verifies them by itself, as the Standard Webhooks specification says. */
final class WebhookReceiver implements AutoCloseable {

    /** A request. */
    record Received(String id, String timestamp, String signature, String contentType, String target, String body) {

        JsonNode event() {
            return Json.read(body);
        }

        boolean signedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
                String expected = "v1,"
                        + Base64.getEncoder()
                                .encodeToString(mac.doFinal(
                                        (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
                return Arrays.asList(signature.split(" ")).contains(expected);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final List<Received> taken = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;
    private volatile Function<Received, Integer> answers = request -> 204;
    private volatile String retryAfter;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        begin();
    }

    private void begin() {
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** Lets connections be refused. */
    void down() {
        server.stop(0);
    }

    void up() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        begin();
    }

    /** Answers with these statuses from now on. */
    void answer(Function<Received, Integer> statuses) {
        answers = statuses;
    }

    /** Sends this {@code Retry-After} with each answer from now on. */
    void wantsNothingFor(String time) {
        retryAfter = time;
    }

    private void receive(HttpExchange exchange) throws IOException {
        Received received = new Received(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(received);
        int status = answers.apply(received);
        if (status / 100 == 2) {
            taken.add(received);
        } else if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", url("/elsewhere"));
        }
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] text = "status %d".formatted(status).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : text.length);
        if (status != 204) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** All requests, in their order. */
    List<Received> requests() {
        return requests;
    }

    /** Those that were answered with success, in their order. */
    List<Received> taken() {
        return taken;
    }

    /** The members {@code n} of the data that were taken. */
    List<Integer> numbers() {
        return taken.stream()
                .map(request -> request.event().path("data").path("n").asInt())
                .toList();
    }

    /** Asserts what holds for each request. */
    void verify(String secret) {
        for (Received request : requests) {
            assertThat(request.signedWith(secret))
                    .as("the signature of %s", request)
                    .isTrue();
            assertThat(request.contentType()).isEqualTo("application/cloudevents+json");
            assertThat(request.event().path("specversion").asText()).isEqualTo("1.0");
            assertThat(request.event().path("id").asText()).isEqualTo(request.id());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
