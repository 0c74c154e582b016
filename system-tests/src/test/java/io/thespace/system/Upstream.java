package io.thespace.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server behind the gateway: a decent one, and one over bare sockets that breaks off. */
final class Upstream implements AutoCloseable {

    private final HttpServer server;
    private final ServerSocket rude;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ending = new CountDownLatch(1);
    final AtomicLong received = new AtomicLong();
    final CountDownLatch goOn = new CountDownLatch(1);

    Upstream() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        server = HttpServer.create(new InetSocketAddress(here, 0), 0);
        server.setExecutor(threads);
        server.createContext("/base/told", this::tell);
        server.createContext("/base/now", this::now);
        server.createContext("/base/count", this::count);
        server.createContext("/base/big", this::big);
        server.createContext("/base/events", this::events);
        server.createContext("/base/chat/completions", this::chat);
        server.createContext("/base/embeddings", this::embed);
        server.createContext("/base/empty", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), -1);
            exchange.close();
        });
        server.createContext("/base/hang", exchange -> {
            try {
                ending.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        rude = new ServerSocket(0, 50, here);
        threads.execute(this::beRude);
    }

    /** What arrived, as lines. */
    private void tell(HttpExchange exchange) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        lines.add("");
        lines.add(new String(body, StandardCharsets.UTF_8));
        byte[] answer = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.getResponseHeaders().set("Set-Cookie", "a=b");
        exchange.getResponseHeaders().set("X-Upstream", "yes");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : answer.length);
        if (!head) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    /** Another answer each time. */
    private void now(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] answer = Long.toString(System.nanoTime()).getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : answer.length);
        if (!head) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    /** Takes a body of any size. */
    private void count(HttpExchange exchange) throws IOException {
        byte[] part = new byte[65_536];
        InputStream in = exchange.getRequestBody();
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            received.addAndGet(n);
        }
        byte[] answer = Long.toString(received.get()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Half a gigabyte, more than the node may have. */
    private void big(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] part = new byte[1 << 20];
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 512; i++) {
                out.write(part);
            }
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (!goOn.await(20, TimeUnit.SECONDS)) {
                return;
            }
            out.write("data: last\n\n".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A model's server that speaks OpenAI's chat completions, and says what it was asked; without an end when the question begins
     * with "endlessly".
     */
    private void chat(HttpExchange exchange) throws IOException {
        JsonNode asked = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String prompt = asked.path("messages")
                .path(asked.path("messages").size() - 1)
                .path("content")
                .asText();
        boolean known = "Bearer sk-test".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Optional<String> called = call(asked.path("messages"));
        if (called.isPresent()) {
            byte[] answer = called.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
            return;
        }
        String usage = "\"usage\": {\"prompt_tokens\": 4, \"completion_tokens\": 3}";
        List<String> parts = asked.path("stream").asBoolean()
                ? List.of(
                        "data: {\"choices\": [{\"delta\": {\"content\": \"You said \"}}]}\n\n",
                        "data: {\"choices\": [{\"delta\": {\"content\": \"%s\"}, \"finish_reason\": \"stop\"}]}\n\n"
                                .formatted(prompt),
                        "data: {\"choices\": [], %s}\n\ndata: [DONE]\n\n".formatted(usage))
                : List.of("{\"choices\": [{\"message\": {\"content\": %s}, \"finish_reason\": \"stop\"}], %s}"
                        .formatted(Json.text("You said " + prompt), usage));
        exchange.getResponseHeaders()
                .set("Content-Type", asked.path("stream").asBoolean() ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String part : parts) {
                do {
                    out.write(part.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } while (prompt.startsWith("endlessly"));
            }
        }
    }

    /**
     * A call of a tool for a user's text "call NAME ARGUMENTS" on a line, and again after each result for "always NAME ARGUMENTS". For
     * the result of a call, a text with that result.
     */
    private static Optional<String> call(JsonNode messages) {
        JsonNode last = messages.path(messages.size() - 1);
        String line = "";
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("user")) {
                line = message.path("content").asText().lines().findFirst().orElse("");
            }
        }
        String[] words = line.split(" ", 3);
        boolean result = last.path("role").asText().equals("tool");
        boolean calls = words.length == 3 && (words[0].equals("always") || (words[0].equals("call") && !result));
        if (!calls && !result) {
            return Optional.empty();
        }
        String message = calls
                ? "{\"content\": null, \"tool_calls\": [{\"id\": \"call_%d\", \"type\": \"function\", \"function\": {\"name\": %s, \"arguments\": %s}}]}"
                        .formatted(messages.size(), Json.text(words[1]), Json.text(words[2]))
                : "{\"content\": %s}"
                        .formatted(Json.text(
                                "The tool said " + last.path("content").asText()));
        return Optional.of(
                "{\"choices\": [{\"message\": %s, \"finish_reason\": \"%s\"}], \"usage\": {\"prompt_tokens\": 4, \"completion_tokens\": 3}}"
                        .formatted(message, calls ? "tool_calls" : "stop"));
    }

    /** A model's server that speaks OpenAI's embeddings: the vectors are the lengths of the texts, the last text's first. */
    private void embed(HttpExchange exchange) throws IOException {
        JsonNode asked = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean known = "Bearer sk-test".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        List<String> vectors = new ArrayList<>();
        for (int i = asked.path("input").size() - 1; i >= 0; i--) {
            vectors.add("{\"object\": \"embedding\", \"index\": %d, \"embedding\": [%d, 0.5, -1]}"
                    .formatted(i, asked.path("input").path(i).asText().length()));
        }
        byte[] answer = "{\"object\": \"list\", \"data\": [%s], \"usage\": {\"prompt_tokens\": 9, \"total_tokens\": 9}}"
                .formatted(String.join(",", vectors))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void beRude() {
        while (!rude.isClosed()) {
            try {
                Socket socket = rude.accept();
                threads.execute(() -> breakOff(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void breakOff(Socket socket) {
        try (socket) {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) socket.getInputStream().read());
            }
            String what = head.toString();
            OutputStream out = socket.getOutputStream();
            if (what.contains("/lie")) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".getBytes(StandardCharsets.UTF_8));
            } else if (what.contains("/torn")) {
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"
                        .getBytes(StandardCharsets.UTF_8));
            } else if (what.contains("/garbage")) {
                out.write("220 mail.example.org ESMTP\r\n\r\n\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } else {
                socket.setSoLinger(true, 0);
            }
            out.flush();
        } catch (SocketException e) {
            // The gateway left.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
    }

    String rudeUrl() {
        return "http://127.0.0.1:" + rude.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        ending.countDown();
        goOn.countDown();
        server.stop(0);
        rude.close();
        threads.shutdownNow();
    }
}
