package io.thespace.agent;

import static io.thespace.json.MergePatch.merged;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** A program that acts for an organization. */
@Entity
@Table(name = "agents")
class Agent {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "name")
    private String name;

    @Column(name = "description")
    private String description;

    @Column(name = "model")
    private String model;

    /** Separated by spaces, which no name has. */
    @Column(name = "tools")
    private String tools;

    @Column(name = "budget")
    private BigDecimal budget;

    @Column(name = "currency")
    private String currency;

    /** {@link AgentStatus#text}. */
    @Column(name = "status")
    private String status;

    @Column(name = "created_by", updatable = false)
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Agent() {}

    Agent(UUID id, UUID orgId, UUID createdBy, AgentOrder order, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.name = order.name().strip();
        this.description = orEmpty(order.description());
        this.model = order.model().strip();
        this.tools = order.tools() == null ? "" : text(order.tools());
        spend(order.budget());
        this.status = AgentStatus.DRAFT.text();
        this.createdBy = createdBy;
        this.createdAt = now;
        this.changedAt = now;
    }

    AgentStatus status() {
        return AgentStatus.of(status);
    }

    void change(AgentChange change, Instant now) {
        name = merged(name, change.name()).strip();
        description = orEmpty(merged(description, change.description()));
        model = merged(model, change.model()).strip();
        if (change.tools() != null) {
            tools = text(change.tools().orElse(List.of()));
        }
        if (change.budget() != null) {
            spend(change.budget().map(patch -> patch.of(budget())).orElse(null));
        }
        changedAt = now;
    }

    void become(AgentStatus next, Instant now) {
        status = next.text();
        changedAt = now;
    }

    private void spend(Budget given) {
        budget = given == null ? null : given.amount();
        currency = given == null ? null : given.currency();
    }

    private Budget budget() {
        return budget == null
                ? null
                : new Budget(budget.setScale(Currency.getInstance(currency).getDefaultFractionDigits()), currency);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String text(List<String> tools) {
        return String.join(" ", tools.stream().distinct().toList());
    }

    AgentView view() {
        return new AgentView(
                id,
                name,
                description,
                model,
                tools.isEmpty() ? List.of() : List.of(tools.split(" ", -1)),
                budget(),
                status,
                createdBy,
                createdAt,
                changedAt);
    }
}
