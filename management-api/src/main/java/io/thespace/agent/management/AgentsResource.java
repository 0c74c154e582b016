package io.thespace.agent.management;

import io.thespace.agent.AgentChange;
import io.thespace.agent.AgentError;
import io.thespace.agent.AgentOrder;
import io.thespace.agent.AgentStatus;
import io.thespace.agent.AgentView;
import io.thespace.agent.Agents;
import io.thespace.agent.Budget;
import io.thespace.agent.BudgetChange;
import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** {@code /management/v1/agents}. */
@ApplicationScoped
class AgentsResource implements ManagementResource {

    private static final Budget BUDGET = new Budget(new BigDecimal("250.00"), "EUR");
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    private static final AgentView AGENT = new AgentView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            "support",
            "Answers customers' questions.",
            "gpt-4o-mini",
            List.of("search_orders", "refund"),
            BUDGET,
            "active",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            CREATED,
            CREATED);

    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    private static final AgentChange CHANGE = new AgentChange(
            null,
            null,
            Optional.of("gpt-4o"),
            null,
            Optional.of(new BudgetChange(Optional.of(new BigDecimal("300.00")), null)));

    @Inject
    Agents agents;

    @Override
    public String group() {
        return "Agents";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/agents")
                        .summary("List agents")
                        .description("The organization's agents, the newest first.")
                        .query("status", AgentStatus.class, "Only those with this status.")
                        .permission(Permission.AGENT_READ)
                        .answersPage(AgentView.class, AGENT)
                        .handler(call -> agents.list(
                                call.actor(),
                                call.query("status", AgentStatus.class).orElse(null),
                                call.page())),
                Endpoint.post("/v1/agents")
                        .body(
                                AgentOrder.class,
                                new AgentOrder(
                                        "support",
                                        "Answers customers' questions.",
                                        "gpt-4o-mini",
                                        List.of("search_orders", "refund"),
                                        BUDGET))
                        .summary("Add an agent")
                        .description("As a draft: it may act once it is activated. `tools` lists all that it may use;"
                                + " `budget` is what it may spend in a calendar month.")
                        .permission(Permission.AGENT_MANAGE)
                        .idempotent()
                        .creates(AgentView.class, AGENT)
                        .refuses(AgentError.INVALID_BUDGET)
                        .handler(call -> agents.create(call.actor(), call.body())),
                Endpoint.get("/v1/agents/{agent_id}")
                        .summary("Get an agent")
                        .description("One of the organization's agents.")
                        .path("agent_id", UUID.class, "The agent.")
                        .permission(Permission.AGENT_READ)
                        .answers(AgentView.class, AGENT)
                        .refuses(AgentError.AGENT_NOT_FOUND)
                        .handler(call -> agents.find(call.actor(), call.path("agent_id", UUID.class))),
                Endpoint.patch("/v1/agents/{agent_id}")
                        .body(AgentChange.class, CHANGE)
                        .summary("Change an agent")
                        .description(
                                "A JSON merge patch (RFC 7396): what is left out stays; null clears. Name and model"
                                        + " cannot be cleared; with `\"budget\": null` there is none. An archived agent does"
                                        + " not change any more.")
                        .path("agent_id", UUID.class, "The agent.")
                        .permission(Permission.AGENT_MANAGE)
                        .answers(AgentView.class, AGENT)
                        .refuses(AgentError.AGENT_NOT_FOUND, AgentError.AGENT_ARCHIVED, AgentError.INVALID_BUDGET)
                        .handler(call -> agents.change(call.actor(), call.path("agent_id", UUID.class), call.body())),
                Endpoint.delete("/v1/agents/{agent_id}")
                        .summary("Delete an agent")
                        .description(
                                "With its tokens. Only a draft, or what is archived already; its memories are deleted"
                                        + " before.")
                        .path("agent_id", UUID.class, "The agent.")
                        .permission(Permission.AGENT_MANAGE)
                        .refuses(AgentError.AGENT_NOT_FOUND, AgentError.AGENT_IN_USE, AgentError.AGENT_REMEMBERS)
                        .handler(call -> {
                            agents.delete(call.actor(), call.path("agent_id", UUID.class));
                            return null;
                        }),
                move("activate", "Activate an agent", "From draft, paused or suspended.", agents::activate),
                move(
                        "pause",
                        "Pause an agent",
                        "From active. Its tokens are refused on every node within a second, until it is activated"
                                + " again.",
                        agents::pause),
                move(
                        "archive",
                        "Archive an agent",
                        "From any other status, and for ever. Its tokens are refused on every node within a second.",
                        agents::archive));
    }

    private static Endpoint<Void> move(
            String verb, String summary, String description, BiFunction<Actor, UUID, AgentView> handler) {
        return Endpoint.post("/v1/agents/{agent_id}/" + verb)
                .summary(summary)
                .description(description)
                .path("agent_id", UUID.class, "The agent.")
                .permission(Permission.AGENT_MANAGE)
                .idempotent()
                .answers(AgentView.class, AGENT)
                .refuses(AgentError.AGENT_NOT_FOUND, AgentError.WRONG_STATUS)
                .handler(call -> handler.apply(call.actor(), call.path("agent_id", UUID.class)));
    }
}
