package io.thespace.endpoint.rest;

import io.thespace.endpoint.EndpointStatusView;
import io.thespace.endpoint.EndpointStatusView.Counts;
import io.thespace.endpoint.EndpointStatusView.Line;
import io.thespace.endpoint.EndpointStatusView.Part;
import io.thespace.endpoint.EndpointStatuses;
import io.thespace.endpoint.Resource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What every endpoint declares, beside what it was seen to do. */
@ApplicationScoped
class EndpointStatusResource implements Resource {

    private EndpointStatuses statuses;

    EndpointStatusResource() {}

    @Inject
    EndpointStatusResource(EndpointStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public String group() {
        return "Endpoint status";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/control-center/endpoint-status")
                        .summary("Compare what endpoints declare with what they do")
                        .description("For each endpoint of this node: its declared status, and the measured one."
                                + " `working` has lately answered, or refused, as it declares; `failing` did otherwise"
                                + " the last time; `unproven` was not called since the node started. Real calls count,"
                                + " and so do the platform's own: it calls what reads, and what declares that it can be"
                                + " rolled back, with the declared examples.")
                        .role(Role.ADMIN)
                        .answers(EndpointStatusView.class, example())
                        .handler(call -> statuses.read()),
                Endpoint.post("/control-center/endpoint-status/probe")
                        .summary("Probe the endpoints now")
                        .description("Lets this node call, within some seconds, every endpoint that is safe to call."
                                + " The round has ended when `probed_at` is later than this call.")
                        .role(Role.ADMIN)
                        .ownTransactions()
                        .handler(call -> {
                            statuses.probe();
                            return null;
                        }));
    }

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
