package io.thespace.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The segments of a path, as the table of endpoints has them. */
public final class PathSegments {

    private PathSegments() {}

    /** The path's segments, decoded one by one so that an encoded slash stays inside its own. */
    public static List<String> of(String uri) {
        List<String> segments = new ArrayList<>();
        for (String segment : uri.substring(1).split("/", -1)) {
            segments.add(Query.decode(segment.replace("+", "%2B")));
        }
        // /services/{plugin}/… is /api/plugins/{plugin}/… by another name.
        if (segments.size() > 1 && segments.get(0).equals("services")) {
            segments.set(0, "api");
            segments.add(1, "plugins");
        }
        // A plugin's id is snake_case; its kebab-case form is accepted too.
        if (segments.size() > 2 && segments.get(1).equals("plugins")) {
            segments.set(2, segments.get(2).replace('-', '_'));
        }
        return segments;
    }

    /** Whether the percent-encoded bytes of a path are UTF-8; true for malformed percent-encoding. */
    static boolean isUtf8(String uri) {
        try {
            return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8)
                            .indexOf('\uFFFD')
                    < 0;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
