package io.thespace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReopeningConnectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"08003", "08006", "57P01", "57P02"})
    void aCommitThatLosesTheConnectionSaysSo(String state) throws SQLException {
        SQLException failure = new SQLException("gone", state);

        assertThatThrownBy(committing(failure)::commit)
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", state)
                .hasMessage(SpaceDataSource.LOST_AT_COMMIT + ": gone")
                .hasCause(failure);
    }

    @Test
    void aCommitThatTheDatabaseRefusesKeepsItsReason() throws SQLException {
        SQLException failure = new SQLException("a deferred constraint", "23514");

        assertThatThrownBy(committing(failure)::commit).isSameAs(failure);
    }

    @Test
    void afterALostCommitTheNextTransactionGetsANewConnection() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

        connection.setAutoCommit(false);

        assertThat(database.opened).isEqualTo(2);
        assertThat(connection.isClosed()).isFalse();
    }

    /** A pool that fails to leave a transaction believes that it is still in one. */
    @Test
    void aLostTransactionIsLeftAlsoWhileTheDatabaseIsAway() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        database.away = true;
        connection.setAutoCommit(true);
        database.away = false;

        connection.setAutoCommit(false);

        assertThat(database.opened).isEqualTo(2);
        assertThat(connection.isClosed()).isFalse();
    }

    /** A pool may take a transaction for begun although its beginning failed, and not ask for it again. */
    @Test
    void whatFailedToBeginIsNeverReopenedOutsideOfATransaction() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        connection.setAutoCommit(true);
        database.away = true;
        assertThatThrownBy(() -> connection.setAutoCommit(false)).hasMessage("refused");
        database.away = false;

        connection.prepareStatement("update");

        assertThat(database.opened).isEqualTo(1);
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void whatFailedToBeginBeginsOnceTheDatabaseIsBack() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        database.away = true;
        assertThatThrownBy(() -> connection.setAutoCommit(false)).hasMessage("refused");
        database.away = false;

        connection.setAutoCommit(false);

        assertThat(database.opened).isEqualTo(2);
        assertThat(database.autoCommit).isFalse();
    }

    /** A pool that could not leave a transaction goes on in it, so nothing may be opened anew behind its back. */
    @Test
    void aTransactionThatCouldNotBeLeftGoesOn() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        database.diesWhenLeft = true;
        assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessage("gone");

        connection.prepareStatement("update");

        assertThat(database.opened).isEqualTo(1);
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void insideOfATransactionTheDeadStaysDead() throws SQLException {
        Database database = new Database();
        Connection connection = transaction(database);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        connection.prepareStatement("select 1");

        connection.setAutoCommit(false);

        assertThat(database.opened).isEqualTo(1);
        assertThat(connection.isClosed()).isTrue();
    }

    private static Connection committing(SQLException failure) throws SQLException {
        Database database = new Database();
        database.failure = failure;
        return transaction(database);
    }

    private static Connection transaction(Database database) throws SQLException {
        Connection connection = ReopeningConnection.open(database::open);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Its connections die when they commit. */
    private static final class Database {

        private SQLException failure = new SQLException("gone", "57P01");
        private boolean away;
        private boolean diesWhenLeft;
        private int opened;
        private boolean autoCommit;

        Connection open() throws SQLException {
            if (away) {
                throw new SQLException("refused", "08001");
            }
            opened++;
            autoCommit = true;
            AtomicBoolean dead = new AtomicBoolean();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        boolean switches = method.getName().equals("setAutoCommit");
                        boolean leaves = switches && (Boolean) arguments[0];
                        if (method.getName().equals("commit") || (leaves && diesWhenLeft)) {
                            dead.set(true);
                            throw failure;
                        }
                        if (switches) {
                            autoCommit = leaves;
                        }
                        return method.getReturnType() == boolean.class ? dead.get() : null;
                    });
        }
    }
}
