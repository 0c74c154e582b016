package io.thespace.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Records when each endpoint last kept and last violated its contract on this node. One sighting of each kind per
 * route, in memory, gone with the route.
 */
@ApplicationScoped
public class Evidence {

    private static final Set<Kind> AWAY =
            EnumSet.of(Kind.UNAVAILABLE, Kind.UPSTREAM_FAILED, Kind.UPSTREAM_LATE, Kind.LIMITED);

    /** The origin of the call that was observed. */
    enum By {
        TRAFFIC,
        PROBE
    }

    /** The status derived from the observations. */
    enum Measured {
        WORKING,
        FAILING,
        /** It was not called yet, and the platform has no safe call to try. */
        UNPROVEN
    }

    /**
     * An observed outcome.
     *
     * @param fault the violation, as a sentence; null when the endpoint kept its contract
     */
    record Sighting(Instant at, By by, String fault) {}

    /** The last observations of one route; either is null when there was none. */
    record Last(Sighting kept, Sighting broken) {

        Measured measured() {
            if (kept == null && broken == null) {
                return Measured.UNPROVEN;
            }
            boolean working = broken == null || (kept != null && kept.at().isAfter(broken.at()));
            return working ? Measured.WORKING : Measured.FAILING;
        }
    }

    private static final class Seen {
        volatile Sighting kept;
        volatile Sighting broken;
    }

    /** Weak keys, compared by identity: a plugin that is enabled again has new routes, without observations. */
    private final Cache<Route, Seen> seen = Caffeine.newBuilder().weakKeys().build();

    Last of(Route route) {
        Seen known = seen.getIfPresent(route);
        return known == null ? new Last(null, null) : new Last(known.kept, known.broken);
    }

    void answered(Route route, By by, Answer answer) {
        String fault = fault(route.endpoint().answer(), answer);
        record(route, by, fault);
    }

    /**
     * The violation of the declared form by a response, or null; its members follow from the declared record and are
     * not checked.
     */
    private static String fault(Endpoint.Shape declared, Answer answer) {
        byte[] body = answer.body();
        if (answer.status() == 202 && declared.status() != 202) {
            // The call waits for an approval.
            return null;
        }
        return switch (declared.form()) {
            case ONE -> isNull(body) ? "It answered null, where its declaration promises a value." : null;
            case LIST ->
                body.length == 0 || body[0] != '['
                        ? "It answered something else than the list that its declaration promises."
                        : null;
            case PAGE ->
                body.length == 0 || body[0] != '{'
                        ? "It answered something else than the page that its declaration promises."
                        : null;
            case CONTENT ->
                isOf(declared.mediaType(), answer.mediaType())
                        ? null
                        : "It answered with another media type than the declared %s.".formatted(declared.mediaType());
            case NONE -> null;
        };
    }

    private static boolean isNull(byte[] body) {
        return body.length == 4 && body[0] == 'n';
    }

    private static boolean isOf(String declared, String answered) {
        return declared.equals("*/*") || answered.startsWith(declared);
    }

    void refused(Route route, By by, String requestId, Rejection refusal) {
        ErrorCode code = refusal.code();
        if (AWAY.contains(code.kind()) || code == EndpointError.CLIENT_UNABLE) {
            // A dependency is unavailable, the caller exceeded a limit or cannot be queried: no evidence about the
            // endpoint.
            return;
        }
        if (code.kind() == Kind.INTERNAL) {
            record(route, by, "Internal error; the log has the cause under the request id %s.".formatted(requestId));
        } else if (route.endpoint().refusals().contains(code)) {
            record(route, by, null);
        } else if (!(code instanceof EndpointError)) {
            record(route, by, "It refused with %s, which it does not declare.".formatted(code.name()));
        } else if (by == By.PROBE) {
            record(route, by, "The platform refuses its own example: " + refusal.getMessage());
        }
        // A call that the platform rejected never reached the endpoint.
    }

    void late(Route route, Duration limit) {
        record(route, By.PROBE, "It did not answer within %d seconds.".formatted(limit.toSeconds()));
    }

    private void record(Route route, By by, String fault) {
        Seen known = seen.get(route, r -> new Seen());
        Sighting sighting = new Sighting(Instant.now(), by, fault);
        if (fault == null) {
            known.kept = sighting;
        } else {
            known.broken = sighting;
        }
    }
}
