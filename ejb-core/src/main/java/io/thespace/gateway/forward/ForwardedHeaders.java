package io.thespace.gateway.forward;

import io.thespace.gateway.GatewayError;
import io.thespace.gateway.HeaderRule;
import io.thespace.gateway.ReservedHeaders;
import io.thespace.plugin.api.Rejection;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the headers that are forwarded, and adds those of the gateway itself (RFC 9110, section 7.6; RFC 7239; W3C
 * Trace Context).
 */
public final class ForwardedHeaders {

    private static final int MAX_HEADERS = 100;
    private static final int MAX_CHARACTERS = 16_384;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");
    private static final Pattern TRACE = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,255}(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?");

    private ForwardedHeaders() {}

    /**
     * Returns the headers for the upstream that stem from the caller and the route's rules.
     *
     * @throws Rejection {@code INVALID_HEADER}
     */
    public static List<Map.Entry<String, String>> ofCaller(GatewayRequest request, LiveRoute route) {
        return kept(request.headers(), route.requestHeaders(), true);
    }

    /**
     * Returns all headers for the upstream.
     *
     * @param bearer a token for this upstream only that identifies the caller
     * @throws Rejection {@code INVALID_HEADER}
     */
    public static List<Map.Entry<String, String>> toUpstream(GatewayRequest request, LiveRoute route, String bearer) {
        List<Map.Entry<String, String>> headers = ofCaller(request, route);
        headers.add(entry("Authorization", "Bearer " + bearer));
        headers.add(entry("X-Request-Id", request.actor().requestId()));
        if (request.actor().sessionId() != null) {
            headers.add(entry("X-Session-Id", request.actor().sessionId()));
        }
        String address = request.actor().address();
        boolean hosted = request.host() != null && HOST.matcher(request.host()).matches();
        headers.add(entry(
                "Forwarded",
                (address == null ? "" : "for=" + node(address) + ";")
                        + (hosted ? "host=\"" + request.host() + "\";" : "")
                        + "proto=" + request.scheme()));
        if (address != null) {
            headers.add(entry("X-Forwarded-For", address));
        }
        if (hosted) {
            headers.add(entry("X-Forwarded-Host", request.host()));
        }
        headers.add(entry("X-Forwarded-Proto", request.scheme()));
        headers.add(entry("X-Forwarded-Prefix", "/api/v1/gateway" + route.prefix()));
        trace(request.headers(), headers);
        return headers;
    }

    /** Returns the upstream's headers for the caller; malformed ones are removed. */
    static List<Map.Entry<String, String>> toCaller(List<Map.Entry<String, String>> came, LiveRoute route) {
        return kept(came, route.responseHeaders(), false);
    }

    /** @param outwards to the upstream; what a caller sends malformed is refused, what an upstream does is left out */
    private static List<Map.Entry<String, String>> kept(
            List<Map.Entry<String, String>> came, List<HeaderRule> rules, boolean outwards) {
        Set<String> dropped = new HashSet<>();
        int size = 0;
        for (Map.Entry<String, String> header : came) {
            size += header.getKey().length() + header.getValue().length();
            if (header.getKey().equalsIgnoreCase("connection")) {
                for (String name : header.getValue().split(",", MAX_HEADERS)) {
                    dropped.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        if (outwards && (came.size() > MAX_HEADERS || size > MAX_CHARACTERS)) {
            throw new Rejection(
                    GatewayError.INVALID_HEADER,
                    "A request may have %d headers of %d characters in all.".formatted(MAX_HEADERS, MAX_CHARACTERS));
        }
        rules.forEach(rule -> dropped.add(rule.name().toLowerCase(Locale.ROOT)));
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (Map.Entry<String, String> header : came) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean passes = outwards ? ReservedHeaders.mayRuleRequest(name) : ReservedHeaders.mayRuleResponse(name);
            if (!passes || dropped.contains(name)) {
                continue;
            }
            if (NAME.matcher(name).matches() && VALUE.matcher(header.getValue()).matches()) {
                kept.add(header);
            } else if (outwards) {
                throw new Rejection(
                        GatewayError.INVALID_HEADER,
                        "The name or value of a header has a character that is not allowed. Send it encoded.");
            }
        }
        for (HeaderRule rule : rules) {
            if (rule.value() != null) {
                kept.add(entry(rule.name(), rule.value()));
            }
        }
        return kept;
    }

    /** An IPv6 address stands in brackets and quotes (RFC 7239, section 6). */
    private static String node(String address) {
        return address.contains(":") ? "\"[" + address + "]\"" : address;
    }

    /** Continues the caller's trace, or starts one. */
    private static void trace(List<Map.Entry<String, String>> came, List<Map.Entry<String, String>> headers) {
        Optional<Matcher> parent = only(came, "traceparent")
                .map(TRACE::matcher)
                .filter(trace -> trace.matches()
                        && !trace.group(1).matches("0{32}")
                        && !trace.group(2).matches("0{16}"));
        String trace = parent.map(one -> one.group(1)).orElseGet(() -> hexadecimal() + hexadecimal());
        String flags = parent.map(one -> one.group(3)).orElse("00");
        headers.add(entry("traceparent", "00-" + trace + "-" + hexadecimal() + "-" + flags));
        if (parent.isPresent()) {
            only(came, "tracestate")
                    .filter(state -> state.matches("[ -~]{1,512}"))
                    .ifPresent(state -> headers.add(entry("tracestate", state)));
        }
    }

    private static Optional<String> only(List<Map.Entry<String, String>> headers, String name) {
        List<String> values = headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static String hexadecimal() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    private static Map.Entry<String, String> entry(String name, String value) {
        return new SimpleImmutableEntry<>(name, value);
    }
}
