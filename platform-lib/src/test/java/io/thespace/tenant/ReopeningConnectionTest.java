package io.thespace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        AtomicInteger opened = new AtomicInteger();
        Connection connection = transaction(() -> {
            opened.incrementAndGet();
            return dying(new SQLException("gone", "57P01"));
        });
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

        connection.setAutoCommit(false);

        assertThat(opened).hasValue(2);
        assertThat(connection.isClosed()).isFalse();
    }

    /** A pool that fails to leave a transaction believes that it is still in one. */
    @Test
    void aLostTransactionIsLeftAlsoWhileTheDatabaseIsAway() throws SQLException {
        AtomicInteger opened = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean();
        Connection connection = transaction(() -> {
            if (away.get()) {
                throw new SQLException("refused", "08001");
            }
            opened.incrementAndGet();
            return dying(new SQLException("gone", "57P01"));
        });
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        away.set(true);
        connection.setAutoCommit(true);
        away.set(false);

        connection.setAutoCommit(false);

        assertThat(opened).hasValue(2);
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void insideOfATransactionTheDeadStaysDead() throws SQLException {
        AtomicInteger opened = new AtomicInteger();
        Connection connection = transaction(() -> {
            opened.incrementAndGet();
            return dying(new SQLException("gone", "57P01"));
        });
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        connection.prepareStatement("select 1");

        connection.setAutoCommit(false);

        assertThat(opened).hasValue(1);
        assertThat(connection.isClosed()).isTrue();
    }

    private static Connection committing(SQLException failure) throws SQLException {
        return transaction(() -> dying(failure));
    }

    private static Connection transaction(ReopeningConnection.Opener opener) throws SQLException {
        Connection connection = ReopeningConnection.open(opener);
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection that dies when it commits. */
    private static Connection dying(SQLException failure) {
        AtomicBoolean dead = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        dead.set(true);
                        throw failure;
                    }
                    return method.getReturnType() == boolean.class ? dead.get() : null;
                });
    }
}
