package io.thespace.failing;

import io.thespace.plugin.api.EventType;

/** A statement ran. */
record StatementRun(String sql) {

    static final EventType TYPE = new EventType("statement_run", "A statement ran.", StatementRun.class);
}
