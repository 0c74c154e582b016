package io.thespace.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A response header that several operations share.
 *
 * @param component its name among the document's components
 */
record Headers(String component, String type, String description, Object example) {

    static final Headers REQUEST_ID = new Headers(
            "RequestId",
            "string",
            "The request's id: as the client sent it in `X-Request-Id`, else made by the platform."
                    + " It is on every log line about the request.",
            "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    static final Headers REPLAYED = new Headers(
            "IdempotencyReplayed",
            "string",
            "`true` when this is the stored answer to an earlier call with the same `Idempotency-Key`; else absent.",
            "true");
    static final Headers CHALLENGE = new Headers(
            "Challenge", "string", "How to authenticate (RFC 6750 section 3).", "Bearer realm=\"the-space\"");
    static final Headers RETRY_AFTER =
            new Headers("RetryAfter", "integer", "After how many seconds the call may be sent again.", 1);
    static final Headers RATE_LIMIT_POLICY = new Headers(
            "RateLimitPolicy",
            "string",
            "The limit, where there is one: how many calls (`q`) in how many seconds (`w`) (draft-ietf-httpapi-ratelimit-headers).",
            "\"gateway-user\";q=100;w=60");
    static final Headers RATE_LIMIT = new Headers(
            "RateLimit",
            "string",
            "How many calls are left (`r`), and in how many seconds there are more (`t`)"
                    + " (draft-ietf-httpapi-ratelimit-headers).",
            "\"gateway-user\";r=0;t=12");
    static final Headers LIMIT =
            new Headers("XRateLimitLimit", "integer", "As `q` of `RateLimit-Policy`, for older clients.", 100);
    static final Headers REMAINING =
            new Headers("XRateLimitRemaining", "integer", "As `r` of `RateLimit`, for older clients.", 0);
    static final Headers RESET = new Headers(
            "XRateLimitReset", "integer", "As `t` of `RateLimit`, for older clients: seconds from now.", 12);

    /** Adds the rate limit headers; configuration may limit any call that is counted. */
    static void limits(ObjectNode headers, ObjectNode components, ObjectMapper mapper) {
        headers.set("RateLimit-Policy", reference(components, mapper, RATE_LIMIT_POLICY));
        headers.set("RateLimit", reference(components, mapper, RATE_LIMIT));
        headers.set("X-RateLimit-Limit", reference(components, mapper, LIMIT));
        headers.set("X-RateLimit-Remaining", reference(components, mapper, REMAINING));
        headers.set("X-RateLimit-Reset", reference(components, mapper, RESET));
    }

    /** A reference to a header, which is added to the components when it is not there yet. */
    static ObjectNode reference(ObjectNode components, ObjectMapper mapper, Headers header) {
        ObjectNode shared = components.withObjectProperty("headers");
        if (!shared.has(header.component)) {
            ObjectNode node = shared.putObject(header.component).put("description", header.description);
            node.putObject("schema").put("type", header.type);
            node.set("example", mapper.valueToTree(header.example));
        }
        return mapper.createObjectNode().put("$ref", "#/components/headers/" + header.component);
    }
}
