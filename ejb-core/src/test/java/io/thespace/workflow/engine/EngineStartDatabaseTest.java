package io.thespace.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The engine's first start on a new database. */
class EngineStartDatabaseTest {

    /** Nodes that start together would both write what is missing, and the second would fail. */
    @Test
    void itFindsItsSettings() throws Exception {
        try (TestEngine engine = new TestEngine()) {
            assertThat(engine.settings()).isNotEmpty().isEqualTo(engine.migrated);
        }
    }
}
