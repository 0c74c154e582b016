package io.thespace.workflow;

import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.flowable.engine.ProcessEngine;

/** This node's engine, while it runs. */
@ApplicationScoped
public class RunningEngine {

    private volatile ProcessEngine engine;

    /**
     * The engine.
     *
     * @throws Rejection {@code WORKFLOWS_UNAVAILABLE} before the start and after the stop
     */
    public ProcessEngine get() {
        ProcessEngine running = engine;
        if (running == null) {
            throw Rejection.later(
                    WorkflowError.WORKFLOWS_UNAVAILABLE,
                    "The workflow engine is starting or stopping. Try again in a moment.",
                    Duration.ofSeconds(2));
        }
        return running;
    }

    /** From now on it is this one; null for none. */
    public void is(ProcessEngine now) {
        engine = now;
    }
}
