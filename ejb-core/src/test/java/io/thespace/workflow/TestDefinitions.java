package io.thespace.workflow;

import io.thespace.transaction.Rows;
import java.util.List;

/** The beans of this package, outside of a server. */
public final class TestDefinitions {

    public final WorkflowTables tables;
    private final CalledWorkflows called;

    public TestDefinitions(Rows rows) {
        tables = new WorkflowTables(rows);
        called = new CalledWorkflows(tables);
    }

    /** What can be injected. */
    public List<Object> beans() {
        return List.of(tables, called);
    }
}
