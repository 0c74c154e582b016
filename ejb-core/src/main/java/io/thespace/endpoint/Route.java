package io.thespace.endpoint;

import io.thespace.plugin.api.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An endpoint mounted at a path.
 *
 * @param path the whole path, for example {@code /api/plugins/financial_business/transfer}; parameters in braces
 * @param mount the shared context of its group
 * @param endpoint the declaration
 */
public record Route(String path, Mount mount, Endpoint<?> endpoint) {

    /** The heading it stands under in the documentation: that of a group of the platform's endpoints, or a plugin's id. */
    public String group() {
        return mount.group();
    }

    /** Returns the API family of the route. */
    public Family family() {
        return Family.of(path);
    }

    /** Whether a plugin declared it, whose id is then the group. */
    public boolean ofPlugin() {
        return path.startsWith("/api/plugins/" + group() + "/");
    }

    /**
     * The path with its parameters' values, percent-encoded (RFC 3986, section 2.1).
     *
     * @param values by name; a parameter without one stays in braces
     */
    public String path(Map<String, String> values) {
        return "/"
                + RouteTable.segments(path).stream()
                        .map(segment -> segment.startsWith("{")
                                ? values.getOrDefault(segment.substring(1, segment.length() - 1), segment)
                                : segment)
                        .map(Route::encoded)
                        .collect(Collectors.joining("/"));
    }

    /** A value of a path's parameter as it stands in a path; a tail's slashes stay. */
    public static String encoded(String value) {
        return Arrays.stream(value.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /**
     * The values of the path's parameters, by name.
     *
     * @param segments of a path that this route answers, decoded
     */
    public Map<String, String> pathParameters(List<String> segments) {
        Map<String, String> values = new HashMap<>();
        List<String> names = RouteTable.segments(path);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith("{")) {
                // Only a tail, which is the last, has more segments than its template.
                int end = i == names.size() - 1 ? segments.size() : i + 1;
                values.put(name.substring(1, name.length() - 1), String.join("/", segments.subList(i, end)));
            }
        }
        return values;
    }
}
