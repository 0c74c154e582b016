package io.thespace.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.event.Outbox;
import io.thespace.identity.Authentication;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.StepModel;
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
 * Does what a service task says: calls an action of a plugin as the user who started the run, or publishes an event. The
 * effect, the step's record and the engine's state are one transaction.
 */
@ApplicationScoped
public class ServiceStep implements JavaDelegate {

    /** A variable of an execution whose step failed with this code, which a boundary event of it catches. */
    static final String CAUGHT = "caught_error";

    private RunTables runs;
    private Actions actions;
    private Outbox outbox;
    private Authentication authentication;

    ServiceStep() {}

    @Inject
    ServiceStep(RunTables runs, Actions actions, Outbox outbox, Authentication authentication) {
        this.runs = runs;
        this.actions = actions;
        this.outbox = outbox;
        this.authentication = authentication;
    }

    @Override
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void execute(DelegateExecution execution) {
        if (execution.getVariableLocal(CAUGHT) instanceof String code) {
            execution.removeVariableLocal(CAUGHT);
            throw new BpmnError(code);
        }
        UUID org = UUID.fromString(execution.getTenantId());
        UUID runId = UUID.fromString(execution.getProcessInstanceId());
        StepModel step = EngineModel.step(execution.getCurrentFlowElement());
        try (Tenant tenant = Tenant.bind(org)) {
            Actor platform = Actor.platform(org, "workflow");
            RunView run = runs.run(platform, runId).orElseThrow();
            Actor actor = authentication.onBehalfOf(platform, run.startedBy(), RunTables.requestId(runId));
            JsonNode data = RunData.of(runs, platform, runId);
            ObjectNode input = input(step, data);
            JsonNode output =
                    step.action() == null ? publish(actor, step, data, input) : call(actor, step, execution, input);
            runs.stepHad(platform, runId, execution.getId(), step.element(), input, output);
        } catch (RuntimeException e) {
            throw new StepFailure(e);
        }
    }

    private static ObjectNode input(StepModel step, JsonNode data) {
        JsonNode value = step.input() == null ? Json.MAPPER.createObjectNode() : Expressions.value(step.input(), data);
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new Rejection(
                DocumentError.INVALID_WORKFLOW, "The input of step %s is no object.".formatted(step.element()));
    }

    private JsonNode call(Actor actor, StepModel step, DelegateExecution execution, ObjectNode input) {
        List<String> names = List.of(step.action().split("\\.", 2));
        Map<String, Object> params = Json.MAPPER.convertValue(input, new TypeReference<>() {});
        // The same for each attempt of this step, so that what it calls can tell.
        String key = "run-%s-%s".formatted(execution.getProcessInstanceId(), execution.getId());
        Answer answer = actions.call(actor, names.get(0), names.get(1), params, key, Json.MAPPER);
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

    private JsonNode publish(Actor actor, StepModel step, JsonNode data, ObjectNode input) {
        String subject = step.subject() == null
                ? data.at("/run/id").asText()
                : Expressions.value(step.subject(), data).asText();
        outbox.publishJson(actor, WorkflowEventTypes.SOURCE, step.event(), subject, input.toString());
        return input;
    }
}
