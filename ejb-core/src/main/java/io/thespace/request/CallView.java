package io.thespace.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thespace.event.EventView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The explanation of one call. It is stored in the form in which it is returned, except the events. It is kept as it is
 * told, but for its events.
 *
 * @param startedAt when it was received
 * @param method as it was sent
 * @param route the template of the endpoint's path; null when there is no such endpoint
 * @param group the plugin, or the group of the platform's endpoints, that the route belongs to; null without a route
 * @param status the response status; 101 for a WebSocket
 * @param refusal the error code; null when it was not rejected
 * @param replayed whether the response was that of an earlier call with the same idempotency key
 * @param identity the caller
 * @param decisions the authorization decisions, in the order of the checks
 * @param quota the state of the tightest of the call's limits; null without limits
 * @param upstreams the gateway's attempts in order; each after the first one is a retry
 * @param gatewayRoute the prefix of the gateway's route; null when none was used
 * @param cache the outcome of the route's cache: {@code hit}, {@code revalidated}, {@code collapsed} (coalesced with
 *     another request), {@code miss} or {@code bypass}; null when the route has none
 * @param timings the durations
 * @param events the events that it caused in this organization, the newest first, up to 100; those of another call with
 *     the same request id within a few seconds are among them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CallView(
        Instant startedAt,
        String method,
        String route,
        String group,
        int status,
        String refusal,
        boolean replayed,
        Identity identity,
        List<Decision> decisions,
        Quota quota,
        String gatewayRoute,
        String cache,
        List<UpstreamView> upstreams,
        Timings timings,
        List<EventView> events) {

    /** For the documentation. */
    public static final CallView EXAMPLE = new CallView(
            Instant.parse("2026-01-31T12:00:00Z"),
            "POST",
            "/api/v1/gateway/{path}",
            "Gateway",
            200,
            null,
            false,
            new Identity(
                    UUID.fromString("019a0000-0000-7000-8000-000000000002"),
                    "user",
                    UUID.fromString("019a0000-0000-7000-8000-000000000003"),
                    null,
                    null,
                    "tab-7",
                    false),
            List.of(new Decision("role", "guest", "user", true), new Decision("limit", "gateway-user", "87", true)),
            new Quota("gateway-user", 100, 60, 87, 21),
            "/orders",
            "miss",
            List.of(
                    new UpstreamView("http://10.0.0.7:8080", "failed", "UPSTREAM_UNREACHABLE", null, null, 3),
                    new UpstreamView("http://10.0.0.8:8080", "worked", null, 200, 18L, 19)),
            new Timings(0.8, 1.4, 24.5),
            List.of(EventView.EXAMPLE));

    /**
     * The caller, without credentials.
     *
     * @param role the role on the platform
     * @param signInId the sign-in that the access token belongs to
     * @param tokenId the personal access token
     * @param agentId the agent that acted with the user's token
     * @param sessionId the client's own {@code X-Session-Id}
     * @param synthetic whether the caller was a simulated user
     */
    public record Identity(
            UUID userId, String role, UUID signInId, UUID tokenId, UUID agentId, String sessionId, boolean synthetic) {}

    /**
     * One authorization decision.
     *
     * @param policy {@code role}, {@code permission} or {@code limit}
     * @param needed what the endpoint requires
     * @param held what the caller has; null for nothing
     */
    public record Decision(String policy, String needed, String held, boolean allowed) {}

    /**
     * A limit, as in the response headers.
     *
     * @param policy its name
     * @param calls the number of calls allowed in {@code seconds}
     * @param remaining the number of remaining calls
     * @param resetSeconds the time until more are allowed
     */
    public record Quota(String policy, long calls, int seconds, long remaining, int resetSeconds) {}

    /**
     * An attempt at an upstream.
     *
     * @param origin scheme, host and port
     * @param outcome {@code worked}, {@code failed}, or {@code unknown} when the caller disconnected
     * @param error why it failed; null when it responded
     * @param status the response status; null without a response
     * @param firstByteMillis until the response began; null without a response
     * @param millis until the attempt ended
     */
    public record UpstreamView(
            String origin, String outcome, String error, Integer status, Long firstByteMillis, long millis) {}

    /**
     * Milliseconds since the call was received.
     *
     * @param identifiedMillis until the caller was authenticated
     * @param admittedMillis until role, permission and limit were checked; null when the call did not reach these
     *     checks
     * @param totalMillis until the call ended
     */
    public record Timings(double identifiedMillis, Double admittedMillis, double totalMillis) {}

    CallView with(List<EventView> caused) {
        return new CallView(
                startedAt,
                method,
                route,
                group,
                status,
                refusal,
                replayed,
                identity,
                decisions,
                quota,
                gatewayRoute,
                cache,
                upstreams,
                timings,
                caused);
    }
}
