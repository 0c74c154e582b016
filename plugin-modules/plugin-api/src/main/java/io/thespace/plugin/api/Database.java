package io.thespace.plugin.api;

import java.sql.Connection;
import java.sql.SQLException;

/** A plugin's own schema. Needs the permission {@code database:schema}. */
public interface Database {

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Does work in the current transaction of the call, or else in a new one. An exception rolls
     * everything back. The connection finds the plugin's tables without their schema's name, and sees and writes only rows of
     * the actor's organization. For an installed plugin it is a session of the plugin's own database role, which refuses
     * {@code commit}, {@code rollback}, {@code unwrap} and SQL that begins or ends a transaction (SQLSTATE 2D000), and everything
     * once the transaction is over.
     *
     * @throws SQLException as the work threw it
     * @throws IllegalStateException in a call, when the actor is of another organization than the call
     */
    <T> T transact(Actor actor, Work<T> work) throws SQLException;
}
