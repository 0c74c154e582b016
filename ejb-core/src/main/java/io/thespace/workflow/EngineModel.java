package io.thespace.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.workflow.document.BpmnReader;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.document.WorkflowModel.Flow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.TerminateEventDefinition;
import org.flowable.bpmn.model.TimerEventDefinition;
import org.flowable.bpmn.model.UserTask;

/**
 * Converts a workflow into the engine's model. No part of a document is passed to the engine unchanged, so that it
 * contains no externally supplied expressions in the engine's own language.
 */
public final class EngineModel {

    /** The bean that does service tasks. The engine's expressions see this one and the two below. */
    public static final String STEP = "step";

    /** The bean that starts runs of other workflows. */
    public static final String CALL = "call";

    /** The bean that evaluates the conditions of arrows. */
    public static final String CONDITIONS = "conditions";

    private static final String MODEL = "model";

    private EngineModel() {}

    static BpmnModel of(WorkflowModel workflow) {
        Process process = new Process();
        process.setId(workflow.id());
        process.setExecutable(true);
        Map<String, FlowNode> nodes = new LinkedHashMap<>();
        workflow.steps().forEach(step -> nodes.put(step.element(), node(workflow, step)));
        for (StepModel step : workflow.steps()) {
            FlowNode node = nodes.get(step.element());
            node.setId(step.element());
            node.addExtensionElement(model(step));
            if (node instanceof BoundaryEvent event) {
                Activity activity = (Activity) nodes.get(step.attachedTo());
                event.setAttachedToRef(activity);
                event.setAttachedToRefId(step.attachedTo());
                activity.getBoundaryEvents().add(event);
            }
            process.addFlowElement(node);
        }
        workflow.flows().forEach(flow -> process.addFlowElement(flow(flow, nodes)));
        BpmnModel model = new BpmnModel();
        model.setTargetNamespace(BpmnReader.SPACE);
        model.addProcess(process);
        return model;
    }

    private static FlowNode node(WorkflowModel workflow, StepModel step) {
        return switch (step.kind()) {
            case START -> new StartEvent();
            case END -> new EndEvent();
            case TERMINATE -> {
                EndEvent end = new EndEvent();
                end.addEventDefinition(new TerminateEventDefinition());
                yield end;
            }
            case SERVICE -> service(step, STEP);
            case CALL -> {
                // Not the engine's own call activity: it supports neither the platform's versions nor a run that has
                // failed.
                ServiceTask task = service(step, CALL);
                task.setTriggerable(step.awaitsRun());
                yield task;
            }
            case TASK -> new UserTask();
            case EXCLUSIVE -> exclusive(workflow, step);
            case PARALLEL -> parallel(workflow, step);
            case TIMER -> {
                IntermediateCatchEvent event = new IntermediateCatchEvent();
                event.addEventDefinition(timer(step));
                yield event;
            }
            case EVENT -> {
                // Its beginning evaluates an expression, whose failure is to be this step's.
                ReceiveTask task = new ReceiveTask();
                task.setAsynchronous(true);
                yield task;
            }
            case BOUNDARY_TIMER -> {
                BoundaryEvent event = new BoundaryEvent();
                event.addEventDefinition(timer(step));
                yield event;
            }
            case BOUNDARY_ERROR -> {
                BoundaryEvent event = new BoundaryEvent();
                ErrorEventDefinition error = new ErrorEventDefinition();
                error.setErrorCode(step.errorCode());
                event.addEventDefinition(error);
                yield event;
            }
        };
    }

    private static ServiceTask service(StepModel step, String bean) {
        ServiceTask task = new ServiceTask();
        task.setImplementationType(ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION);
        task.setImplementation("${" + bean + "}");
        task.setAsynchronous(true);
        task.setFailedJobRetryTimeCycleValue("R" + step.attempts() + "/" + step.retryWait());
        return task;
    }

    private static ParallelGateway parallel(WorkflowModel workflow, StepModel step) {
        ParallelGateway gateway = new ParallelGateway();
        // The engine lets branches join one after the other, as jobs. Joined by whoever completed the step before, two
        // at once would
        // have one of them fail, and its step done again.
        gateway.setAsynchronous(workflow.to(step.element()).size() > 1);
        return gateway;
    }

    private static ExclusiveGateway exclusive(WorkflowModel workflow, StepModel step) {
        ExclusiveGateway gateway = new ExclusiveGateway();
        // A failing condition is then a failure of this step, and not of the caller that completed the previous step.
        gateway.setAsynchronous(workflow.from(step.element()).stream().anyMatch(flow -> flow.condition() != null));
        workflow.from(step.element()).stream()
                .filter(Flow::otherwise)
                .findFirst()
                .ifPresent(flow -> gateway.setDefaultFlow(flow.id()));
        return gateway;
    }

    private static TimerEventDefinition timer(StepModel step) {
        TimerEventDefinition timer = new TimerEventDefinition();
        if (step.timer().startsWith("P") || step.timer().startsWith("p")) {
            timer.setTimeDuration(step.timer());
        } else {
            timer.setTimeDate(step.timer());
        }
        return timer;
    }

    private static SequenceFlow flow(Flow flow, Map<String, FlowNode> nodes) {
        SequenceFlow arrow = new SequenceFlow(flow.from(), flow.to());
        arrow.setId(flow.id());
        if (flow.condition() != null) {
            // Ids consist of letters, digits, '_', '.' and '-'.
            arrow.setConditionExpression("${%s.hold(execution, '%s')}".formatted(CONDITIONS, flow.id()));
            arrow.addExtensionElement(text(flow.condition()));
        }
        nodes.get(flow.from()).getOutgoingFlows().add(arrow);
        nodes.get(flow.to()).getIncomingFlows().add(arrow);
        return arrow;
    }

    private static ExtensionElement model(StepModel step) {
        try {
            return text(Json.MAPPER.writeValueAsString(step));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A step of a workflow cannot be written as JSON", e);
        }
    }

    private static ExtensionElement text(String text) {
        ExtensionElement element = new ExtensionElement();
        element.setName(MODEL);
        element.setNamespace(BpmnReader.SPACE);
        element.setNamespacePrefix("space");
        element.setElementText(text);
        return element;
    }

    /** The step that an element of the engine was made of; null for the engine's own elements. */
    public static StepModel step(FlowElement element) {
        if (element == null || !element.getExtensionElements().containsKey(MODEL)) {
            return null;
        }
        try {
            return Json.MAPPER.readValue(textOf(element), StepModel.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The engine contains a step that is not valid JSON", e);
        }
    }

    /** Returns the source text of {@link #step} or of an arrow's condition. */
    public static String textOf(FlowElement element) {
        return element.getExtensionElements().get(MODEL).get(0).getElementText();
    }
}
