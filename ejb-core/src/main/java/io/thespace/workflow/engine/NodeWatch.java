package io.thespace.workflow.engine;

import io.thespace.log.Log;
import io.thespace.tenant.SpaceDataSource;
import io.thespace.workflow.EngineNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cmd.ClearProcessInstanceLockTimesCmd;
import org.flowable.job.service.impl.cmd.UnacquireOwnedJobsCmd;

/**
 * Frees the steps of nodes that are gone. Each node holds a session lock of the database on a connection of its own;
 * the database releases it when the node's process ends, so a node that acquires it can conclude that the other is
 * gone.
 */
final class NodeWatch implements AutoCloseable {

    private static final Log LOG = Log.of(NodeWatch.class);

    /** Any number that nothing else in the database locks with. */
    private static final int LOCKS = 0x666c_6f77;

    private record Node(String owner, int number, String name) {}

    private final String owner;
    private final int number;
    private final String name;
    private final ProcessEngine engine;
    private Connection connection;
    private boolean active;

    NodeWatch(EngineNode node, ProcessEngine engine) {
        this.owner = node.owner();
        this.number = UUID.fromString(owner).hashCode();
        this.name = node.name();
        this.engine = engine;
    }

    /** Keeps this node's lock, begins the work on steps once it holds it, and frees what nodes hold that are gone. */
    synchronized void look() {
        try {
            hold();
            if (!active) {
                engine.getProcessEngineConfiguration().getAsyncExecutor().start();
                active = true;
            }
            for (Node node : others()) {
                if (lock(node.number())) {
                    try {
                        free(node);
                    } finally {
                        unlock(node.number());
                    }
                }
            }
        } catch (SQLException e) {
            LOG.warning("Workflow node monitoring paused until the database is available", "cause", e);
            disconnect();
        }
    }

    private void hold() throws SQLException {
        if (connection != null && connection.isValid(2)) {
            return;
        }
        disconnect();
        connection = new SpaceDataSource().getConnection();
        if (!lock(number)) {
            throw new SQLException("This node's lock is held by a connection that the database has not given up yet");
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into core.workflow_nodes (owner, number, name) values (?, ?, ?) on conflict (owner) do nothing")) {
            statement.setString(1, owner);
            statement.setLong(2, number);
            statement.setString(3, name);
            statement.executeUpdate();
        }
    }

    private List<Node> others() throws SQLException {
        List<Node> nodes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select owner, number, name from core.workflow_nodes where owner <> ? order by started_at limit 100")) {
            statement.setString(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    nodes.add(new Node(rows.getString(1), (int) rows.getLong(2), rows.getString(3)));
                }
            }
        }
        return nodes;
    }

    /** Both commands are needed: with the first alone some runs stay locked. */
    private void free(Node gone) throws SQLException {
        ProcessEngineConfigurationImpl setup = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        ManagementService management = engine.getManagementService();
        management.executeCommand(new UnacquireOwnedJobsCmd(gone.owner(), null, setup.getJobServiceConfiguration()));
        management.executeCommand(new ClearProcessInstanceLockTimesCmd(gone.owner()));
        forget(gone.owner());
        LOG.info("Taking over workflow steps of a lost node", "gone", gone.name());
    }

    private void forget(String node) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from core.workflow_nodes where owner = ?")) {
            statement.setString(1, node);
            statement.executeUpdate();
        }
    }

    private boolean lock(int of) throws SQLException {
        return ask("select pg_try_advisory_lock(?, ?)", of);
    }

    private void unlock(int of) throws SQLException {
        ask("select pg_advisory_unlock(?, ?)", of);
    }

    private boolean ask(String sql, int of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, LOCKS);
            statement.setInt(2, of);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warning("A connection could not be closed", "cause", e);
            }
            connection = null;
        }
    }

    /** The engine has stopped: it gives back its steps by itself. */
    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                forget(owner);
            } catch (SQLException e) {
                LOG.warning("Node lock could not be released; other nodes detect the stop", "cause", e);
            }
        }
        disconnect();
    }
}
