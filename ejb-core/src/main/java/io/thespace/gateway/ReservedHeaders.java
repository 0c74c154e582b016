package io.thespace.gateway;

import java.util.Set;

/** Headers that routes may not set or remove, since the gateway itself does (RFC 9110, section 7.6). */
public final class ReservedHeaders {

    /** Hop-by-hop headers: the gateway has one connection with the caller and one with the upstream. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Request headers that the gateway sets itself or removes. */
    private static final Set<String> REQUEST = Set.of(
            "authorization",
            "cookie",
            "cookie2",
            "content-length",
            "expect",
            "forwarded",
            "host",
            "max-forwards",
            "proxy",
            "traceparent",
            "tracestate",
            "x-real-ip",
            "x-request-id",
            "x-session-id");

    /**
     * Response headers that the platform sets itself or removes: responses of upstreams are served on the platform's
     * own origin.
     */
    private static final Set<String> RESPONSE = Set.of(
            "alt-svc",
            "clear-site-data",
            "content-length",
            "content-security-policy",
            "content-security-policy-report-only",
            "date",
            "ratelimit",
            "ratelimit-policy",
            "referrer-policy",
            "server",
            "service-worker-allowed",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "via",
            "www-authenticate",
            "x-content-type-options",
            "x-frame-options",
            "x-powered-by",
            "x-request-id",
            "x-session-id");

    private ReservedHeaders() {}

    /** Whether a route may set or take away a request's header, its name in lower case. */
    public static boolean mayRuleRequest(String name) {
        return !HOP_BY_HOP.contains(name) && !REQUEST.contains(name) && !name.startsWith("x-forwarded-");
    }

    /** Whether a route may set or take away an answer's header, its name in lower case. */
    public static boolean mayRuleResponse(String name) {
        return !HOP_BY_HOP.contains(name)
                && !RESPONSE.contains(name)
                && !name.startsWith("access-control-")
                && !name.startsWith("x-ratelimit-");
    }
}
