package io.thespace.gateway.cache;

import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The cache key of a request: the route's version, path and query; and separately, so that one change drops all of
 * them, the caller's organization, the name by which the caller addresses the platform, and every header that is
 * forwarded to the upstream, except those that upstreams are known to list in {@code Vary}. A header therefore cannot
 * be used to poison the cache for callers that do not send it.
 */
final class CacheKey {

    /** They stand in {@code Vary} where they matter. */
    private static final Set<String> NEGOTIATED = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "dnt",
            "if-modified-since",
            "if-none-match",
            "origin",
            "pragma",
            "priority",
            "referer",
            "save-data",
            "upgrade-insecure-requests",
            "user-agent");

    private final String uri;
    private final List<String> rest = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers;

    /** @param headers those forwarded to the upstream, except the gateway's own */
    CacheKey(LiveRoute route, GatewayRequest request, List<Map.Entry<String, String>> headers) {
        this.uri = digest(List.of(
                route.version(),
                request.path().rest(route.depth()),
                request.query() == null ? "" : "?" + request.query()));
        this.headers = headers;
        rest.add(String.valueOf(request.actor().orgId()));
        rest.add(Boolean.toString(request.actor().synthetic()));
        rest.add(request.scheme());
        rest.add(String.valueOf(request.host()));
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NEGOTIATED.contains(name) && !name.startsWith("sec-")) {
                rest.add(name);
                rest.add(header.getValue());
            }
        }
    }

    /** For the route, the path and the query. */
    String uri() {
        return uri;
    }

    /** For one answer, when it differs by these request headers. */
    String answer(String generation, List<String> vary) {
        List<String> all = new ArrayList<>(rest);
        all.add(uri);
        all.add(generation);
        for (String name : vary) {
            all.add(name);
            all.add(CacheDirectives.value(headers, name));
        }
        return digest(all);
    }

    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
