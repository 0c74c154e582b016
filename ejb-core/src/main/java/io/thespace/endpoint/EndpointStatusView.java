package io.thespace.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The declared and measured status of every endpoint of this node.
 *
 * @param probedAt when the last probing round ended; null before the first
 * @param summary of all endpoints
 * @param platform the endpoints of the platform
 * @param plugins those of each plugin, by id
 */
public record EndpointStatusView(@Nullable Instant probedAt, Counts summary, Part platform, List<Part> plugins) {

    /** For the documentation. */
    public static final EndpointStatusView EXAMPLE = example();

    /**
     * Numbers of endpoints.
     *
     * @param declared by {@code implemented}, {@code mocked} and {@code pending}
     * @param measured by {@code working}, {@code failing} and {@code unproven}
     */
    public record Counts(Map<String, Integer> declared, Map<String, Integer> measured) {}

    /**
     * The endpoints of the platform or of one plugin.
     *
     * @param plugin its id; absent for the platform
     */
    public record Part(
            @JsonInclude(JsonInclude.Include.NON_NULL) String plugin, Counts summary, List<Line> endpoints) {}

    /**
     * The status of one endpoint.
     *
     * @param declared {@code implemented}, {@code mocked} or {@code pending}
     * @param measured {@code working}, {@code failing} or {@code unproven}
     * @param lastWithinContractAt when a response last conformed to its declaration
     * @param by the origin of that call: {@code traffic} or {@code probe}
     * @param lastFailureAt when a response last violated its declaration
     * @param failure the violation
     */
    public record Line(
            String method,
            String path,
            String declared,
            String measured,
            @Nullable Instant lastWithinContractAt,
            @Nullable String by,
            @Nullable Instant lastFailureAt,
            @Nullable String failure) {}

    private static EndpointStatusView example() {
        Instant then = Instant.parse("2026-01-31T12:00:00Z");
        Counts one = new Counts(
                Map.of("implemented", 1, "mocked", 0, "pending", 0), Map.of("working", 1, "failing", 0, "unproven", 0));
        Counts both = new Counts(
                Map.of("implemented", 2, "mocked", 0, "pending", 0), Map.of("working", 2, "failing", 0, "unproven", 0));
        Line health = new Line("GET", "/api/health", "implemented", "working", then, "traffic", null, null);
        Line accounts = new Line(
                "GET",
                "/api/plugins/financial_business/accounts",
                "implemented",
                "working",
                then,
                "probe",
                Instant.parse("2026-01-31T11:55:00Z"),
                "It did not answer within 10 seconds.");
        return new EndpointStatusView(
                then,
                both,
                new Part(null, one, List.of(health)),
                List.of(new Part("financial_business", one, List.of(accounts))));
    }
}
