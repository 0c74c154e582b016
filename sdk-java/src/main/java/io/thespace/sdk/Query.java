package io.thespace.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The query of a path. Immutable: each change is in the answer. */
final class Query {

    static final Query NONE = new Query(Map.of());

    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** With a parameter; null for without it. */
    Query with(String name, Object value) {
        TreeMap<String, String> more = new TreeMap<>(parameters);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value.toString());
        }
        return new Query(more);
    }

    /** Returns the query string with its question mark; empty without parameters. */
    @Override
    public String toString() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream().map(Query::text).collect(Collectors.joining("&", "?", ""));
    }

    private static String text(Map.Entry<String, String> parameter) {
        return parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
    }
}
