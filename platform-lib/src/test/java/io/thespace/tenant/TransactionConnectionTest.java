package io.thespace.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The number of handles of a transaction, their closing, and their stamp. */
class TransactionConnectionTest {

    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final List<String> log = new ArrayList<>();
    private final Map<Object, Object> resources = new HashMap<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private boolean active = true;
    private boolean completing;
    private int opened;

    private final TransactionSynchronizationRegistry registry =
            answering(TransactionSynchronizationRegistry.class, (name, arguments) -> switch (name) {
                case "getTransactionKey" -> active ? "key" : null;
                case "getResource" -> resources.get(arguments[0]);
                case "putResource" -> resources.put(arguments[0], arguments[1]);
                case "registerInterposedSynchronization" -> {
                    if (completing) {
                        throw new IllegalStateException("The transaction completes");
                    }
                    yield synchronizations.add((Synchronization) arguments[0]);
                }
                default -> throw new UnsupportedOperationException(name);
            });

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> answer.to(method.getName(), arguments);
                }));
    }

    private Connection connection() {
        int number = ++opened;
        boolean[] closed = new boolean[1];
        log.add("open " + number);
        return answering(Connection.class, (name, arguments) -> switch (name) {
            case "prepareStatement" ->
                answering(PreparedStatement.class, (call, values) -> {
                    if (call.equals("setString")) {
                        log.add("stamp " + number + " " + (values[1].equals("") ? "none" : name((String) values[1])));
                    }
                    return call.equals("execute") ? false : null;
                });
            case "isClosed" -> closed[0];
            case "close" -> {
                closed[0] = true;
                log.add("close " + number);
                yield null;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static String name(String id) {
        return id.equals(ADA.toString()) ? "ada" : "bob";
    }

    private Connection open() throws SQLException {
        return TransactionConnection.open(this::connection, registry);
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Connection open(UUID tenant) throws SQLException {
        try (Tenant bound = Tenant.bind(tenant)) {
            return open();
        }
    }

    private void complete() {
        synchronizations.forEach(one -> one.afterCompletion(Status.STATUS_COMMITTED));
    }

    @Test
    void aTransactionOpensOneHandleWhichIsClosedAtItsEnd() throws SQLException {
        Connection first = open(ADA);
        TransactionConnection.release(first, registry);
        Connection second = open(ADA);
        Connection third = open(ADA);
        TransactionConnection.release(third, registry);
        TransactionConnection.release(second, registry);
        assertThat(second).isSameAs(first);
        assertThat(third).isSameAs(first);
        assertThat(log).containsExactly("open 1", "stamp 1 ada");
        complete();
        assertThat(log).endsWith("close 1").hasSize(3);
    }

    @Test
    void outsideOfTransactionsEachOneIsClosedByItsUser() throws SQLException {
        active = false;
        TransactionConnection.release(open(ADA), registry);
        TransactionConnection.release(open(), registry);
        assertThat(log).containsExactly("open 1", "stamp 1 ada", "close 1", "open 2", "stamp 2 none", "close 2");
    }

    @Test
    void anotherTenantIsStampedAndTheCommitKeepsTheStamp() throws SQLException {
        open();
        open(ADA);
        open(BOB);
        open();
        assertThat(log).containsExactly("open 1", "stamp 1 none", "stamp 1 ada", "stamp 1 bob");
    }

    @Test
    void whatOpensAtTheCompletionIsClosedByItsUser() throws SQLException {
        completing = true;
        TransactionConnection.release(open(ADA), registry);
        assertThat(log).containsExactly("open 1", "stamp 1 ada", "close 1");
    }

    @Test
    void aHandleThatWasClosedMeanwhileIsOpenedAnew() throws SQLException {
        open(ADA).close();
        open(ADA);
        complete();
        assertThat(log).containsExactly("open 1", "stamp 1 ada", "close 1", "open 2", "stamp 2 ada", "close 2");
    }

    @Test
    void aLentOneIsNotClosed() throws SQLException {
        Connection lent = TransactionConnection.unclosable(open(ADA));
        lent.close();
        assertThat(lent.isClosed()).isFalse();
    }
}
