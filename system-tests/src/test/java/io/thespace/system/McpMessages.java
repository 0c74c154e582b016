package io.thespace.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Messages that are no requests of the Model Context Protocol, each in another way. Message n of a seed is always the same. */
final class McpMessages {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "1e10001",
            "1e2147483648",
            "99999999999999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "[]",
            "[1]",
            "[[[[[[]]]]]]");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "{",
            "}",
            "nul",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} trailing",
            "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
            "{'jsonrpc':'2.0'}",
            "\"ping\"",
            "1",
            "null",
            "[]",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]");

    private final Random random;

    McpMessages(long seed) {
        random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(8)) {
            case 0 -> text();
            case 1 -> replaced("jsonrpc", VALUES);
            case 2 -> replaced("method", VALUES);
            case 3 -> replaced("params", List.of("[]", "1", "\"x\"", "true", "[{}]", "null"));
            case 4 -> replaced("id", List.of("null", "true", "1.5", "[]", "{}", "1e30", "99999999999999999999999999"));
            case 5 -> nested();
            case 6 -> cut();
            default -> call();
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String text() {
        return one(TEXTS);
    }

    private static ObjectNode valid() {
        ObjectNode message = Json.MAPPER
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", 7)
                .put("method", "tools/call");
        message.putObject("params").put("name", "no_such_tool");
        return message;
    }

    private String replaced(String member, List<String> values) {
        String marker = "\"@\"";
        return valid().put(member, "@").toString().replace(marker, one(values));
    }

    private String nested() {
        int depth = 100 + random.nextInt(20_000);
        String value = random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"memory_search\",\"arguments\":"
                + value + "}}";
    }

    private String cut() {
        String message = valid().toString();
        return message.substring(0, 1 + random.nextInt(message.length() - 1));
    }

    /** Well-formed, but no call that could be made. */
    private String call() {
        ObjectNode message = valid();
        ObjectNode params = (ObjectNode) message.get("params");
        switch (random.nextInt(5)) {
            case 0 -> params.remove("name");
            case 1 -> params.put("name", random.nextInt());
            case 2 -> params.put("name", "x".repeat(random.nextInt(100_000)));
            case 3 -> {
                ArrayNode arguments = params.put("name", "memory_search").putArray("arguments");
                arguments.add(random.nextInt());
            }
            default -> message.put("method", "method/" + random.nextInt());
        }
        return message.toString();
    }
}
