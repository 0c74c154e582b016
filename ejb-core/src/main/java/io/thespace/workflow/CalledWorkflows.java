package io.thespace.workflow;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Call;
import io.thespace.workflow.document.WorkflowModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the workflows that the steps of a document start runs of. What is disabled later, the step finds when it starts a run. */
@ApplicationScoped
class CalledWorkflows {

    private WorkflowTables tables;

    CalledWorkflows() {}

    @Inject
    CalledWorkflows(WorkflowTables tables) {
        this.tables = tables;
    }

    /**
     * Checks a document.
     *
     * @param number of the version that the document is to be; it may call itself
     * @throws Rejection {@code INVALID_WORKFLOW} with each place and reason
     */
    void check(Actor actor, WorkflowModel model, int number) {
        List<FieldError> errors = new ArrayList<>();
        for (StepModel step : model.steps()) {
            if (step.call() != null) {
                problem(actor, model.id(), number, step).ifPresent(errors::add);
            }
        }
        DocumentError.refuse(errors);
    }

    private Optional<FieldError> problem(Actor actor, String self, int number, StepModel step) {
        Call call = step.call();
        Optional<WorkflowView> called =
                call.workflow().equals(self) ? Optional.empty() : tables.workflow(actor, call.workflow());
        if (called.isEmpty() && !call.workflow().equals(self)) {
            return Optional.of(error(
                    step,
                    "name",
                    "names the workflow %s, which the organization does not have; add it first"
                            .formatted(call.workflow())));
        }
        if (called.isPresent() && !called.get().status().equals("active")) {
            return Optional.of(error(
                    step,
                    "name",
                    "names the workflow %s, which is disabled; put a new version of it first"
                            .formatted(call.workflow())));
        }
        int latest = called.map(WorkflowView::version).orElse(number);
        return call.version() == null || call.version() <= latest
                ? Optional.empty()
                : Optional.of(error(
                        step,
                        "version",
                        "names version %d of the workflow %s, whose latest is %d"
                                .formatted(call.version(), call.workflow(), latest)));
    }

    private static FieldError error(StepModel step, String member, String sentence) {
        return new FieldError(
                step.data() == null ? step.element() : step.data().reference() + "/run/workflow/" + member, sentence);
    }
}
