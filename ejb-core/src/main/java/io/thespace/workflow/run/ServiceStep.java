package io.thespace.workflow.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.event.EventView;
import io.thespace.event.Outbox;
import io.thespace.identity.access.Authentication;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.Seen;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.outside.HttpCalls;
import io.thespace.workflow.outside.ModelCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.delegate.BpmnError;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;

/**
 * Executes a service task as the user who started the run: calls an action of a plugin, sends an HTTP request, calls a
 * language model, or publishes an event. An effect within the platform, the step's record and the engine's state are
 * one transaction.
 */
@ApplicationScoped
public class ServiceStep implements JavaDelegate {

    /** A variable of an execution whose step failed with this code, which a boundary event of it catches. */
    static final String CAUGHT = "caught_error";

    private RunTables runs;
    private Actions actions;
    private HttpCalls http;
    private ModelCalls models;
    private Outbox outbox;
    private Authentication authentication;

    ServiceStep() {}

    @Inject
    ServiceStep(
            RunTables runs,
            Actions actions,
            HttpCalls http,
            ModelCalls models,
            Outbox outbox,
            Authentication authentication) {
        this.runs = runs;
        this.actions = actions;
        this.http = http;
        this.models = models;
        this.outbox = outbox;
        this.authentication = authentication;
    }

    @Override
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void execute(DelegateExecution execution) {
        raiseCaught(execution);
        UUID org = UUID.fromString(execution.getTenantId());
        UUID runId = UUID.fromString(execution.getProcessInstanceId());
        StepModel step = EngineModel.step(execution.getCurrentFlowElement());
        try (Tenant tenant = Tenant.bind(org)) {
            Actor platform = Actor.platform(org, "workflow");
            RunView run = runs.run(platform, runId).orElseThrow();
            Actor actor = authentication.onBehalfOf(platform, run.startedBy(), RunTables.requestId(runId));
            Seen seen = RunData.seen(runs, platform, runId, step);
            if (Boolean.TRUE.equals(step.raises())) {
                throw StepProblems.raised(Expressions.value(step.input(), seen));
            }
            boolean computes = Boolean.TRUE.equals(step.computes());
            ObjectNode input = computes ? null : input(step, seen);
            JsonNode output = computes
                    ? Expressions.value(step.input(), seen)
                    : output(actor, run, step, key(runs, platform, runId, step), seen, input);
            runs.stepHad(platform, runId, execution.getId(), step.element(), input, as(step, seen, output));
        } catch (RuntimeException e) {
            throw new StepFailure(e);
        }
    }

    /** Ends a step whose last attempt failed with a failure that a boundary event of it catches. */
    static void raiseCaught(DelegateExecution execution) {
        if (execution.getVariableLocal(CAUGHT) instanceof String code) {
            execution.removeVariableLocal(CAUGHT);
            throw new BpmnError(code);
        }
    }

    /** Transforms a step's output as the document defines. */
    static JsonNode as(StepModel step, Seen seen, JsonNode output) {
        return step.data() == null || step.data().as() == null
                ? output
                : Expressions.value(step.data().as(), seen.on(output));
    }

    private JsonNode output(Actor actor, RunView run, StepModel step, String key, Seen seen, ObjectNode input) {
        if (step.action() != null) {
            return call(actor, run.workflowId(), step, key, input);
        } else if (step.http() != null) {
            String path = Expressions.value(step.http().path(), seen).asText();
            runs.restsDuring(HttpCalls.LIMIT);
            ObjectNode answer = http.call(actor, step.http().method(), path, input, key);
            return step.data() == null ? answer : answer.get("body");
        } else if (Boolean.TRUE.equals(step.asksModel())) {
            runs.restsDuring(ModelCalls.LIMIT);
            return models.ask(actor, input);
        }
        return publish(actor, step, run.runId(), seen, input);
    }

    /**
     * Equal for all attempts of a step, so that the callee can detect a repetition, and different when the run visits
     * the step again. The engine's execution id is not suitable: a run without branches has one execution for all its
     * steps.
     */
    static String key(RunTables runs, Actor platform, UUID runId, StepModel step) {
        return "%s-%s-%d"
                .formatted(
                        RunTables.requestId(runId), step.element(), runs.completions(platform, runId, step.element()));
    }

    static ObjectNode input(StepModel step, Seen seen) {
        JsonNode value = step.input() == null ? Json.MAPPER.createObjectNode() : Expressions.value(step.input(), seen);
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new Rejection(
                DocumentError.INVALID_WORKFLOW, "The input of step %s is not an object.".formatted(step.element()));
    }

    private JsonNode call(Actor actor, String workflow, StepModel step, String key, ObjectNode input) {
        List<String> names = List.of(step.action().split("\\.", 2));
        Map<String, Object> params = Json.MAPPER.convertValue(input, new TypeReference<>() {});
        Answer answer = actions.callByWorkflow(workflow, actor, names.get(0), names.get(1), params, key);
        return json(step, answer);
    }

    private static JsonNode json(StepModel step, Answer answer) {
        byte[] body = answer.body();
        if (body == null || body.length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            return Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new Rejection(
                    DocumentError.INVALID_WORKFLOW,
                    "The action %s of step %s answers with something else than JSON."
                            .formatted(step.action(), step.element()));
        }
    }

    private JsonNode publish(Actor actor, StepModel step, UUID run, Seen seen, ObjectNode input) {
        String subject = step.subject() == null
                ? run.toString()
                : Expressions.value(step.subject(), seen).asText();
        EventView event = outbox.publishJson(actor, WorkflowEventTypes.SOURCE, step.event(), subject, input.toString());
        return step.data() == null ? input : EventTriggers.json(event);
    }
}
