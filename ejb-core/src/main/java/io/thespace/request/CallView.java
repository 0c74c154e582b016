package io.thespace.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thespace.event.EventView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One call, explained. It is kept as it is told, but for its events.
 *
 * @param startedAt when it came
 * @param method as it was sent
 * @param route the template of the endpoint's path; null when there is no such endpoint
 * @param group the plugin, or the group of the platform's endpoints, that the route belongs to; null without a route
 * @param status what was answered; 101 for a WebSocket
 * @param refusal the error's code; null when it was not refused
 * @param replayed whether the answer was that of an earlier call with the same idempotency key
 * @param identity who called
 * @param decisions what was asked of the caller before the call was made, in the order of the checks
 * @param quota what was left of the tightest of the call's limits; null when none limits such calls
 * @param upstreams whom the gateway asked, in order; each but the first one is a retry
 * @param gatewayRoute the prefix of the gateway's route; null when it did not go through one
 * @param cache what the route's cache did: {@code hit}, {@code revalidated}, {@code collapsed} (answered with what another
 *     request was answered with), {@code miss} or {@code bypass}; null when the route has none
 * @param timings how long it took
 * @param events what it caused in this organization, the newest first and 100 at the most; those of another call with the same
 *     request id within a few seconds are among them
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
     * Who called; never with what they proved it.
     *
     * @param role as what, on the platform
     * @param signInId the sign-in that the access token belongs to
     * @param tokenId the personal access token
     * @param agentId the agent that acted with the user's token
     * @param sessionId the client's own {@code X-Session-Id}
     * @param synthetic whether it was a simulated user
     */
    public record Identity(
            UUID userId, String role, UUID signInId, UUID tokenId, UUID agentId, String sessionId, boolean synthetic) {}

    /**
     * One thing that was asked of the caller.
     *
     * @param policy {@code role}, {@code permission} or {@code limit}
     * @param needed what the endpoint asks for
     * @param held what the caller has of it; null for nothing
     */
    public record Decision(String policy, String needed, String held, boolean allowed) {}

    /**
     * A limit, as the response's headers tell it.
     *
     * @param policy its name
     * @param calls how many calls it allows in {@code seconds}
     * @param remaining how many more may be made then
     * @param resetSeconds in how many there are more
     */
    public record Quota(String policy, long calls, int seconds, long remaining, int resetSeconds) {}

    /**
     * An attempt at an upstream.
     *
     * @param origin scheme, host and port
     * @param outcome {@code worked}, {@code failed}, or {@code unknown} when the caller went away
     * @param error why it failed; null when it answered
     * @param status what it answered with; null when it did not
     * @param firstByteMillis until its answer began; null when it did not
     * @param millis until it was over
     */
    public record UpstreamView(
            String origin, String outcome, String error, Integer status, Long firstByteMillis, long millis) {}

    /**
     * Milliseconds since the call came.
     *
     * @param identifiedMillis until it was known who calls
     * @param admittedMillis until role, permission and limit were looked at; null when the call did not get that far
     * @param totalMillis until it was over
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
