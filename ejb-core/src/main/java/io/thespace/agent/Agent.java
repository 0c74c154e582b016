package io.thespace.agent;

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
        this.description = order.description() == null ? "" : order.description();
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
        name = change.name() == null ? name : change.name().strip();
        description = change.description() == null ? description : change.description();
        model = change.model() == null ? model : change.model().strip();
        tools = change.tools() == null ? tools : text(change.tools());
        spend(change.budget());
        changedAt = now;
    }

    void become(AgentStatus next, Instant now) {
        status = next.text();
        changedAt = now;
    }

    private void spend(Budget given) {
        if (given != null) {
            budget = given.amount();
            currency = given.currency();
        }
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
                budget == null
                        ? null
                        : new Budget(
                                budget.setScale(Currency.getInstance(currency).getDefaultFractionDigits()), currency),
                status,
                createdBy,
                createdAt,
                changedAt);
    }
}
