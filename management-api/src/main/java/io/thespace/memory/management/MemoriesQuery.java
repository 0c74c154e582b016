package io.thespace.memory.management;

import io.thespace.memory.MemoryFilter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of memories. */
public class MemoriesQuery {

    @QueryParam("agent_id")
    @Parameter(description = "Only those of this agent.")
    UUID agentId;

    @QueryParam("category")
    @Parameter(description = "Only those of this category.")
    String category;

    @QueryParam("min_importance")
    @Parameter(description = "Only those of at least this importance, 0 to 1.")
    BigDecimal minImportance;

    @QueryParam("subject_user_id")
    @Parameter(description = "Only those about this user.")
    UUID subjectUserId;

    @QueryParam("subject")
    @Parameter(description = "Only those about whom goes by this identifier.")
    String subject;

    @QueryParam("since")
    @Parameter(description = "Only those added then or later.")
    Instant since;

    @QueryParam("as_of")
    @Parameter(description = "Those that held then, instead of those that hold now.")
    Instant asOf;

    @QueryParam("include_expired")
    @DefaultValue("false")
    @Parameter(description = "Whether to list also those that do not hold.")
    boolean includeExpired;

    MemoryFilter filter() {
        return new MemoryFilter(agentId, category, minImportance, subjectUserId, subject, since, asOf, includeExpired);
    }
}
