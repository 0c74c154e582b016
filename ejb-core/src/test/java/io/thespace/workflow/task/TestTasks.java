package io.thespace.workflow.task;

import io.thespace.transaction.Rows;
import java.util.List;

/** The beans of this package, outside of a server. */
public final class TestTasks {

    private TestTasks() {}

    /** What can be injected. */
    public static List<Object> beans(Rows rows) {
        return List.of(new TaskTables(rows));
    }
}
