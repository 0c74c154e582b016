package io.thespace.gateway.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;

/**
 * The directives of {@code Cache-Control} (RFC 9111, section 5.2). Of repeated directives the stricter applies, and a
 * malformed number counts as none. Of what is said twice the stricter holds, and no number is none.
 */
final class CacheDirectives {

    private final Map<String, String> said = new HashMap<>();

    private CacheDirectives(String field) {
        for (HeaderElement element :
                BasicHeaderValueParser.INSTANCE.parseElements(field, new ParserCursor(0, field.length()))) {
            say(element.getName(), element.getValue());
            // Some servers separate directives by semicolons.
            for (NameValuePair parameter : element.getParameters()) {
                say(parameter.getName(), parameter.getValue());
            }
        }
    }

    static CacheDirectives of(List<Map.Entry<String, String>> headers) {
        return new CacheDirectives(value(headers, "cache-control"));
    }

    /** A header's lines as one (RFC 9110, section 5.3); empty when there is none. */
    static String value(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().strip())
                .collect(Collectors.joining(", "));
    }

    private void say(String name, String value) {
        said.merge(
                name.toLowerCase(Locale.ROOT),
                value == null ? "" : value,
                (one, other) -> Long.toString(Math.min(seconds(one), seconds(other))));
    }

    boolean has(String name) {
        return said.containsKey(name);
    }

    /** Whether it is there without a number. */
    boolean unlimited(String name) {
        return "".equals(said.get(name));
    }

    /** A directive's seconds; 0 when it is there and has none. */
    OptionalLong seconds(Directive directive) {
        String value = said.get(directive.text);
        return value == null ? OptionalLong.empty() : OptionalLong.of(seconds(value));
    }

    private static long seconds(String value) {
        return value.matches("\\d{1,9}") ? Long.parseLong(value) : value.matches("\\d{10,}") ? Integer.MAX_VALUE : 0;
    }

    /** The directives that have seconds as their argument. */
    enum Directive {
        MAX_AGE("max-age"),
        S_MAXAGE("s-maxage"),
        MIN_FRESH("min-fresh"),
        MAX_STALE("max-stale");

        private final String text;

        Directive(String text) {
            this.text = text;
        }
    }
}
