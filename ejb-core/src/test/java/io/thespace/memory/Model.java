package io.thespace.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.thespace.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** An embeddings model that knows of dogs, cars and tea, behind an endpoint as OpenAI's. Answers in any order but that of the texts. */
final class Model implements AutoCloseable {

    private static final List<List<String>> MEANINGS = List.of(
            List.of("dog", "puppy", "hound"), List.of("car", "automobile", "vehicle"), List.of("tea", "infusion"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** The received requests: the credential and the body. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile int dimensions = 4;
    volatile int status = 200;

    /** Instead of embeddings; null for these. */
    volatile String instead;

    volatile long slowMillis;

    /** A text that it refuses; null for none. */
    volatile String refused;

    Model() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", exchange -> {
            JsonNode question = Json.MAPPER.readTree(exchange.getRequestBody());
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + question);
            List<String> texts = new ArrayList<>();
            question.path("input").forEach(text -> texts.add(text.asText()));
            byte[] answer = (instead == null ? answer(texts) : instead).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    refused != null && texts.contains(refused) ? 400 : status, slowMillis > 0 ? 0 : answer.length);
            if (slowMillis > 0) {
                exchange.getResponseBody().write(answer, 0, 1);
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(slowMillis * 1_000_000);
            } else {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private String answer(List<String> texts) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("object", "list").put("model", "any");
        ArrayNode data = answer.putArray("data");
        for (int i = texts.size() - 1; i >= 0; i--) {
            ArrayNode vector =
                    data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            for (int axis = 0; axis < dimensions; axis++) {
                vector.add(
                        axis < MEANINGS.size() && MEANINGS.get(axis).stream().anyMatch(texts.get(i)::contains)
                                ? 1
                                : 0.01);
            }
        }
        return answer.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
