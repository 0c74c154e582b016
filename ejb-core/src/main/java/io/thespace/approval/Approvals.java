package io.thespace.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ApprovalCheck;
import io.thespace.endpoint.ApprovalView;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Starts a run that requests an approval, in place of a call that matches a rule of its organization. */
@ApplicationScoped
public class Approvals implements ApprovalCheck {

    private static final Log LOG = Log.of(Approvals.class);

    private ApprovalTables tables;
    private Runs runs;

    Approvals() {}

    @Inject
    Approvals(ApprovalTables tables, Runs runs) {
        this.tables = tables;
        this.runs = runs;
    }

    @Override
    public Optional<ApprovalView> inPlaceOf(
            Actor actor, String plugin, String action, JsonNode params, String workflow) {
        Optional<ApprovalRuleView> rule = tables.find(actor, plugin, action)
                .filter(one -> !one.workflowId().equals(workflow))
                .filter(one -> one.when() == null || holds(one, params));
        return rule.map(one -> ask(actor, one, params));
    }

    /**
     * Whether the rule matches; a condition that cannot be evaluated matches, so that a mistake in it does not release
     * calls.
     */
    private static boolean holds(ApprovalRuleView rule, JsonNode params) {
        try {
            return Expressions.holds(rule.when(), params);
        } catch (Rejection e) {
            LOG.warning(
                    "The condition of an approval rule failed, so the call waits for an approval",
                    "action",
                    rule.plugin() + "." + rule.action(),
                    "cause",
                    e.getMessage());
            return true;
        }
    }

    private ApprovalView ask(Actor actor, ApprovalRuleView rule, JsonNode params) {
        ObjectNode input =
                Json.MAPPER.createObjectNode().put("plugin", rule.plugin()).put("action", rule.action());
        input.set("params", params);
        try {
            RunView run = runs.start(actor, rule.workflowId(), input);
            return new ApprovalView(ApprovalView.WAITING, run.runId(), run.workflowId());
        } catch (Rejection e) {
            if (e.code().kind() == Kind.UNAVAILABLE) {
                throw e;
            }
            throw new Rejection(
                    EndpointError.APPROVAL_UNAVAILABLE,
                    "This call needs an approval, which the workflow %s cannot ask for: %s"
                            .formatted(rule.workflowId(), e.getMessage()));
        }
    }
}
