package io.thespace.workflow.run;

import io.thespace.event.Outbox;
import io.thespace.identity.access.Authentication;
import io.thespace.transaction.Rows;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.WorkflowTables;
import io.thespace.workflow.outside.HttpCalls;
import java.util.List;

/** The beans of this package, outside of a server: steps that call plugins and models fail. */
public final class TestRuns {

    public final ServiceStep step;
    public final CallStep call;
    public final Conditions conditions;
    public final RunRecorder recorder;
    public final FailedSteps failures;
    private final List<Object> beans;

    public TestRuns(
            Rows rows,
            WorkflowTables workflows,
            RunningEngine engine,
            EngineNode node,
            Outbox outbox,
            Authentication authentication,
            HttpCalls http) {
        RunTables runs = new RunTables(rows);
        WaitTables waits = new WaitTables(rows);
        ChildTables childTables = new ChildTables(rows);
        RunStarts starts = new RunStarts(workflows, runs, engine, outbox);
        ChildRuns children = new ChildRuns(runs, childTables, starts);
        RunChanges changes = new RunChanges(runs, childTables, outbox);
        step = new ServiceStep(runs, null, http, null, outbox, authentication);
        call = new CallStep(runs, childTables, children, changes, authentication, node);
        conditions = new Conditions(runs);
        recorder = new RunRecorder(runs, waits, changes, children, outbox, node);
        failures = new FailedSteps(runs, children, outbox, node);
        beans = List.of(runs, waits, starts, changes, children);
    }

    /** What can be injected. */
    public List<Object> beans() {
        return beans;
    }
}
