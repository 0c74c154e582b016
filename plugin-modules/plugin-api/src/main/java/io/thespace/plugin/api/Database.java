package io.thespace.plugin.api;

import java.sql.Connection;
import java.sql.SQLException;

/** A plugin's own schema. Needs the permission {@code database:schema}. */
public interface Database {

    /** What is done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Does work in the call's transaction: in the one that is under way, else in one of its own. What it throws rolls
     * everything back. The connection acts as the plugin's own database role, finds the plugin's tables without their
     * schema's name, and sees and writes only rows of the actor's organization; it is not to be closed, committed or kept.
     *
     * @throws SQLException as the work threw it
     */
    <T> T transact(Actor actor, Work<T> work) throws SQLException;
}
