package io.thespace.workflow.run;

import org.flowable.common.engine.api.FlowableException;

/** A step failed. {@link FailedSteps} records why; the engine logs no exception of its own type. */
final class StepFailure extends FlowableException {

    private static final long serialVersionUID = 1L;

    StepFailure(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
