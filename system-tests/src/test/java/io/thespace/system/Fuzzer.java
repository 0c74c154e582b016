package io.thespace.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Sends requests made from the operations of the OpenAPI documents, with values that no well-behaved client sends, and
 * collects the responses that no request may cause. Request number n of a seed is always the same.
 */
final class Fuzzer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Operations whose answer depends on a server that is not there in the tests; they may say so. */
    private static final Set<String> CALLS_OTHER_SERVERS =
            Set.of("POST /api/frontend/membership/validate-invitation", "POST /api/v1/gateway/llm/generate");

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    private static final Pattern CLASS_NAME = Pattern.compile(
            "(?:java|javax|jakarta|io\\.thespace|org\\.(?:hibernate|postgresql|glassfish|jboss)|com\\.(?:sun|fasterxml))\\.[a-z.]*[A-Z]\\w+|\\w+Exception\\b");

    private static final String LONG = "x".repeat(100_000);

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "../../etc/passwd",
            "' or 1=1 --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "%s%n%x",
            "\u0001\u001f",
            "\u200b",
            "\u202e\u2066",
            "\ufeff",
            "\uffff",
            "\ud83d\ude00",
            "İıſß",
            "2026-01-31",
            "+294277-01-01T00:00:00Z",
            "-9999-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2026-02-30T12:00:00Z",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "a@b",
            "z\u200b@example.org",
            "\u202e@example.org",
            "a@xn--\u200b.org",
            "http://127.0.0.1:1",
            "http://[::1]/",
            "file:///etc/passwd",
            "FREQ=SECONDLY",
            "FREQ=SECONDLY;BYMINUTE=0,3,5;BYSETPOS=-1",
            "BEGIN:VCALENDAR",
            "Europe/Berlin",
            "+99:99",
            "USD",
            "XXX",
            "*",
            "%",
            "_",
            "\\",
            "\"",
            "'",
            "{}",
            "[]",
            "general",
            "financial_business",
            LONG);

    private static final List<String> RAW = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "-1",
            "1",
            "1.5",
            "1e400",
            "-1e400",
            "1e131072",
            "1e-20000",
            "0e131072",
            "1e2147483648",
            "1e-99999999999",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "1e15",
            "1000000000000001",
            "0." + "1".repeat(90),
            "9".repeat(90),
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"\":\"\"}",
            "{\"a\":null}",
            "{\"\\u0000\":1}",
            "[1,\"a\",null,{}]",
            "{\"a\":{\"b\":{\"c\":[1e400]}}}",
            "[" + "1,".repeat(5_000) + "1]",
            "[".repeat(60) + "]".repeat(60),
            "{\"a\":".repeat(60) + "1" + "}".repeat(60));

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "{",
            "}",
            "[]",
            "null",
            "1",
            "\"\"",
            "{\"a\":1,\"a\":2}",
            "{} {}",
            "[".repeat(100_000),
            "{\"a\":".repeat(10_000),
            "\ufeff{}",
            "{\"a\":\"" + "\\u0000".repeat(100) + "\"}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "{\"\u0001\":1}");

    private static final byte[] NO_UTF8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '(', '"', '}'};

    private final Caller caller;
    private final List<Operation> operations;
    private final long seed;
    private final Collection<String> faults = new ConcurrentLinkedQueue<>();

    /** @param operations none that end the caller's sign-in or take a plugin out of service */
    Fuzzer(Caller caller, List<Operation> operations, long seed) {
        this.caller = caller;
        this.operations = List.copyOf(operations);
        this.seed = seed;
    }

    /** Sends so many requests, from so many threads, and returns what was wrong with their responses. */
    List<String> run(int requests, int threads) throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(threads);
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(crowd.submit((Callable<Void>) () -> {
                    for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
                        send(number);
                    }
                    return null;
                }));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            crowd.shutdownNow();
        }
        return List.copyOf(faults);
    }

    private void send(int number) throws JsonProcessingException {
        Random random = new Random(seed * 1_000_003 + number);
        Operation operation = operations.get(random.nextInt(operations.size()));
        String path = path(operation, random);
        byte[] body = operation.hasBody() ? body(operation, random) : new byte[0];
        Caller sender = headers(random);
        String what = "request %d of seed %d: %s %s %s"
                .formatted(number, seed, operation.method(), cut(path), cut(new String(body, StandardCharsets.UTF_8)));
        try {
            Answer answer = body.length == 0
                    ? sender.trySend(operation.method(), path, BodyPublishers.noBody(), null)
                    : sender.trySend(operation.method(), path, BodyPublishers.ofByteArray(body), "application/json");
            judge(operation, answer, what);
        } catch (HttpTimeoutException e) {
            faults.add("no response: " + what);
        } catch (IOException e) {
            faults.add("connection lost (" + e.getMessage() + "): " + what);
        }
    }

    private void judge(Operation operation, Answer answer, String what) {
        String text = answer.body();
        boolean error = answer.status() >= 400;
        boolean allowed = answer.status() == 501 || CALLS_OTHER_SERVERS.contains(operation.toString());
        boolean declared = allowed
                && answer.status() != 500
                && operation.declaration().path("responses").has(Integer.toString(answer.status()));
        if (answer.status() >= 500 && !declared) {
            faults.add(answer.status() + " " + cut(text) + ": " + what);
        } else if (error && text.regionMatches(true, 0, "<!doctype", 0, 9)) {
            faults.add("HTML: " + what);
        } else if (error && text.isEmpty() && !operation.method().equals("HEAD")) {
            faults.add(answer.status() + " without a body: " + what);
        } else if (error && CLASS_NAME.matcher(text).find()) {
            faults.add("class name in " + cut(text) + ": " + what);
        }
    }

    private Caller headers(Random random) {
        return switch (random.nextInt(30)) {
            case 0 ->
                caller.with("Idempotency-Key", pick(List.of("a", "x".repeat(255), "x".repeat(256), "~!"), random));
            case 1 ->
                caller.with(
                        "Accept",
                        pick(List.of("text/html", "*/*;q=nan", ",,,", "a", "application/problem+json"), random));
            case 2 ->
                caller.with(
                        "If-Match", pick(List.of("*", "\"1\"", "W/\"x\"", "1", "\"" + "9".repeat(40) + "\""), random));
            case 3 -> caller.with("If-None-Match", pick(List.of("*", "\"", "\"1\"", ","), random));
            case 4 -> caller.with("X-Request-Id", pick(List.of("a", "<>", "x".repeat(200)), random));
            case 5 -> caller.with("Accept-Language", pick(List.of("*", "xx-YY-ZZ", ";q=2", "x".repeat(500)), random));
            default -> caller;
        };
    }

    private String path(Operation operation, Random random) {
        String path = PARAMETER
                .matcher(operation.path())
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        switch (random.nextInt(5)) {
                            case 0 -> encoded(shortText(random));
                            case 1 -> match.group(1).contains("plugin") ? "financial_business" : "general";
                            default -> UUID.randomUUID().toString();
                        }));
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.declaration().path("parameters")) {
            if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
                query.append('&')
                        .append(encoded(parameter.path("name").asText()))
                        .append('=')
                        .append(encoded(shortText(random)));
            }
        }
        if (random.nextInt(20) == 0) {
            query.append("&no_such=").append(encoded(shortText(random)));
        }
        return query.isEmpty() ? path : path + "?" + query.substring(1);
    }

    /** A text that a URL can hold. */
    private static String shortText(Random random) {
        String text = pick(TEXTS, random);
        return text.length() > 1_000 ? text.substring(0, 1_000) : random.nextInt(10) == 0 ? "a\0b" : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] body(Operation operation, Random random) throws JsonProcessingException {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return random.nextInt(10) == 0 ? NO_UTF8 : pick(BODIES, random).getBytes(StandardCharsets.UTF_8);
        }
        JsonNode example = example(operation);
        if (!(example instanceof ObjectNode object)) {
            return pick(BODIES, random).getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode body = object.deepCopy();
        if (kind > 1) {
            mutate(body, random);
            if (random.nextInt(4) == 0) {
                mutate(body, random);
            }
        }
        return JSON.writeValueAsBytes(body);
    }

    private static JsonNode example(Operation operation) {
        JsonNode json =
                operation.declaration().path("requestBody").path("content").path("application/json");
        JsonNode example = json.path("example");
        if (!example.isMissingNode()) {
            return example;
        }
        for (JsonNode one : json.path("examples")) {
            return one.path("value");
        }
        return JSON.createObjectNode();
    }

    /** Changes one value somewhere in a tree. */
    private static void mutate(ContainerNode<?> root, Random random) {
        List<Runnable> changes = new ArrayList<>();
        collect(root, random, changes);
        if (changes.isEmpty()) {
            return;
        }
        changes.get(random.nextInt(changes.size())).run();
    }

    private static void collect(ContainerNode<?> node, Random random, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                changes.add(() -> {
                    if (random.nextInt(12) == 0) {
                        object.remove(member.getKey());
                    } else {
                        object.set(member.getKey(), value(random));
                    }
                });
                if (member.getValue() instanceof ContainerNode<?> inner) {
                    collect(inner, random, changes);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, value(random)));
                if (array.get(i) instanceof ContainerNode<?> inner) {
                    collect(inner, random, changes);
                }
            }
        }
    }

    private static JsonNode value(Random random) {
        return random.nextBoolean()
                ? JSON.getNodeFactory().textNode(pick(TEXTS, random))
                : JSON.getNodeFactory().rawValueNode(new RawValue(pick(RAW, random)));
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String cut(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
