package io.thespace.request.rest;

import io.thespace.audit.AuditEventView;
import io.thespace.endpoint.Resource;
import io.thespace.event.EventView;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import io.thespace.request.CallView;
import io.thespace.request.RequestError;
import io.thespace.request.RequestLog;
import io.thespace.request.RequestView;
import io.thespace.request.Requests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a call, and why. */
@ApplicationScoped
class RequestsResource implements Resource {

    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final UUID SOMEBODY = UUID.fromString("019a0000-0000-7000-8000-000000000002");
    private static final String ID = "019a0000-0000-7000-8000-000000000030";

    private static final RequestView VIEW = new RequestView(
            ID,
            List.of(new CallView(
                    THEN,
                    "POST",
                    "/api/v1/gateway/{path}",
                    "Gateway",
                    200,
                    null,
                    false,
                    new CallView.Identity(
                            SOMEBODY,
                            "user",
                            UUID.fromString("019a0000-0000-7000-8000-000000000003"),
                            null,
                            null,
                            "tab-7",
                            false),
                    List.of(
                            new CallView.Decision("role", "guest", "user", true),
                            new CallView.Decision("limit", "gateway-user", "87", true)),
                    new CallView.Quota("gateway-user", 100, 60, 87, 21),
                    "/orders",
                    "miss",
                    List.of(
                            new CallView.UpstreamView(
                                    "http://10.0.0.7:8080", "failed", "UPSTREAM_UNREACHABLE", null, null, 3),
                            new CallView.UpstreamView("http://10.0.0.8:8080", "worked", null, 200, 18L, 19)),
                    new CallView.Timings(0.8, 1.4, 24.5),
                    List.of(new EventView(
                            UUID.fromString("019a0000-0000-7000-8000-000000000010"),
                            "/plugins/financial_business",
                            "funds_transferred",
                            "019a0000-0000-7000-8000-000000000020",
                            THEN,
                            SOMEBODY,
                            ID,
                            false,
                            "{\"amount\":100.00,\"currency\":\"USD\"}")))),
            List.of(AuditEventView.EXAMPLE));

    private Requests requests;
    private RequestLog log;

    RequestsResource() {}

    @Inject
    RequestsResource(Requests requests, RequestLog log) {
        this.requests = requests;
        this.log = log;
    }

    @Override
    public String group() {
        return "Requests";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(Endpoint.get("/control-center/requests/{request_id}")
                .summary("Explain a call")
                .description(
                        "What is known of the calls of the administrator's organization that carried this request id: who"
                                + " called, what was decided, by which route and upstreams it went, how long it took, and which events"
                                + " and audit records came of it. Without bodies, credentials and values. Calls on this node are told"
                                + " at once, those on others within a second; under extreme load some may be missing.")
                .path("request_id", String.class, "What came in X-Request-Id.", ID)
                .role(Role.ADMIN)
                .refuses(RequestError.REQUEST_NOT_FOUND)
                .answers(RequestView.class, VIEW)
                .handler(this::explain));
    }

    private RequestView explain(Call<Void> call) {
        log.flush();
        return requests.explain(call.actor(), call.path("request_id", String.class));
    }
}
