package io.thespace.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.workflow.WorkflowOrder;
import io.thespace.workflow.run.RunOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is kept of a step that failed. */
class FailedStepsDatabaseTest {

    private static final String WHO = "xyzzy.plugh@example.org";

    /** No erasure looks into the engine's tables. */
    @Test
    void theEngineKeepsNothingThatAFailureSaid() throws Exception {
        try (TestEngine engine = new TestEngine()) {
            engine.in(
                    () -> engine.workflows.create(
                            engine.user,
                            new WorkflowOrder(
                                    """
                            document: {dsl: 1.0.3, namespace: t, name: refused, version: 0.1.0}
                            do:
                              - no: {raise: {error: {type: 'https://example.org/no', status: 400, title: No, detail: '${ .who }'}}}
                            """)));

            UUID run = engine.in(() ->
                            engine.runs.start(engine.user, "refused", new RunOrder(Map.<String, Object>of("who", WHO))))
                    .runId();

            assertThat(engine.until(run, view -> view.state().equals("failed")).cause())
                    .contains(WHO);
            List<String> tables = engine.in(() -> engine.rows.list(
                    "select tablename from pg_tables where schemaname = 'flow'", row -> row.getString(1)));
            List<String> rows = tables.stream()
                    .flatMap(table -> engine
                            .in(() -> engine.rows.list(
                                    "select t::text from flow." + table + " t", row -> row.getString(1)))
                            .stream())
                    .toList();
            assertThat(rows)
                    .as("the job that failed")
                    .anyMatch(row -> row.contains(run.toString()))
                    .noneMatch(row -> row.contains(WHO))
                    .noneMatch(row -> row.contains(HexFormat.of().formatHex(WHO.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
