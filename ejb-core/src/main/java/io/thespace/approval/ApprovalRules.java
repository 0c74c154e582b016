package io.thespace.approval;

import io.thespace.endpoint.ApprovalCheck;
import io.thespace.endpoint.Routes;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.document.Expressions;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** The rules of the organization for calls that wait for an approval. */
@Stateless
public class ApprovalRules {

    /** The maximum of rules of an organization. */
    public static final int MAX_RULES = 200;

    @Inject
    ApprovalTables tables;

    @Inject
    Routes routes;

    @Inject
    Workflows workflows;

    /** The rules, by plugin and action. */
    public Page<ApprovalRuleView> list(Actor actor, PageRequest page) {
        return Page.of(tables.list(actor, page), page.limit(), rule -> rule.plugin() + "." + rule.action());
    }

    /**
     * Returns a rule.
     *
     * @throws Rejection {@code RULE_NOT_FOUND}
     */
    public ApprovalRuleView find(Actor actor, String plugin, String action) {
        return tables.find(actor, plugin, action).orElseThrow(ApprovalRules::notFound);
    }

    /**
     * Makes or replaces a rule. Calls that wait already go on waiting.
     *
     * @throws Rejection {@code INVALID_RULE}, {@code WORKFLOW_NOT_FOUND}, {@code TOO_MANY_RULES}
     */
    public ApprovalRuleView put(Actor actor, String plugin, String action, ApprovalRuleOrder order) {
        if (routes.action(plugin, action).filter(ApprovalCheck::mayWait).isEmpty()) {
            throw invalid(
                    "action",
                    "%s of the plugin %s is not a destructive action (a payment, or an effect that cannot be undone). Only those can wait for an approval."
                            .formatted(action, plugin));
        }
        if (order.when() != null) {
            Expressions.problem(order.when()).ifPresent(problem -> {
                throw invalid("when", "The condition " + problem + ".");
            });
        }
        workflows.find(actor, order.workflowId());
        if (tables.find(actor, plugin, action).isEmpty() && tables.count(actor) >= MAX_RULES) {
            throw new Rejection(
                    ApprovalError.TOO_MANY_RULES,
                    "There are %d approval rules, which is the maximum. Delete one first.".formatted(MAX_RULES));
        }
        tables.put(actor, plugin, action, order, Instant.now());
        return find(actor, plugin, action);
    }

    /**
     * Deletes a rule. Calls that wait already go on waiting.
     *
     * @throws Rejection {@code RULE_NOT_FOUND}
     */
    public void delete(Actor actor, String plugin, String action) {
        if (!tables.delete(actor, plugin, action)) {
            throw notFound();
        }
    }

    private static Rejection invalid(String field, String sentence) {
        return new Rejection(ApprovalError.INVALID_RULE, sentence, List.of(new FieldError(field, sentence)));
    }

    private static Rejection notFound() {
        return new Rejection(
                ApprovalError.RULE_NOT_FOUND, "There is no approval rule for this action in your organization.");
    }
}
