package io.thespace.monitoring.rest;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.Requires;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/metrics}: the node's metrics, for Prometheus. */
@ApplicationScoped
@Governed
@Path("metrics")
@Tag(name = "Monitoring")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MetricsResource {

    private Meters meters;

    public MetricsResource() {}

    @Inject
    MetricsResource(Meters meters) {
        this.meters = meters;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "Scrape the node's metrics",
            description = "For Prometheus, in its text format: the JVM, requests by method, route, group and"
                    + " class of status, refusals by code, calls of plugins, and whether each service works."
                    + " For administrators, unless `SPACE_METRICS_PUBLIC` opens it to a scraper inside the"
                    + " network.")
    @Open(setting = "SPACE_METRICS_PUBLIC")
    @Requires(role = Role.ADMIN)
    public Content scrape() {
        return Content.text("text/plain;version=0.0.4", meters.scrape());
    }
}
