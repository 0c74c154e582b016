package io.thespace.workflow.run;

import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.StepModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;

/** The conditions of arrows. */
@ApplicationScoped
public class Conditions {

    private RunTables runs;

    Conditions() {}

    @Inject
    Conditions(RunTables runs) {
        this.runs = runs;
    }

    /** Called by the engine: whether an arrow's condition holds for a run. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public boolean hold(DelegateExecution execution, String flow) {
        UUID org = UUID.fromString(execution.getTenantId());
        Actor platform = Actor.platform(org, "workflow");
        Process process = ProcessDefinitionUtil.getProcess(execution.getProcessDefinitionId());
        SequenceFlow arrow = (SequenceFlow) process.getFlowElement(flow);
        StepModel gateway = EngineModel.step(process.getFlowElement(arrow.getSourceRef()));
        try (Tenant tenant = Tenant.bind(org)) {
            return Expressions.holds(
                    EngineModel.textOf(arrow),
                    RunData.seen(runs, platform, UUID.fromString(execution.getProcessInstanceId()), gateway));
        }
    }
}
