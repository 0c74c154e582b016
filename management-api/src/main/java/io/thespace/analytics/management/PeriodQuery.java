package io.thespace.analytics.management;

import io.thespace.analytics.Bucket;
import io.thespace.analytics.PeriodRequest;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Query parameters that select a period and the length of its buckets. */
public class PeriodQuery {

    @QueryParam("from")
    @Parameter(
            description = "Since when, rounded down to a bucket's start; when left out 60 minutes, 24 hours or 30 days"
                    + " before the end.")
    Instant from;

    @QueryParam("to")
    @Parameter(description = "Until when, rounded up to a bucket's end; now when left out.")
    Instant to;

    @QueryParam("bucket")
    @Parameter(description = "How long each bucket is, by UTC; an hour when left out.")
    Bucket bucket;

    PeriodRequest period() {
        return new PeriodRequest(from, to, bucket);
    }
}
