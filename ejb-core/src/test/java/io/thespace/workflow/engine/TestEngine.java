package io.thespace.workflow.engine;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.event.EventRecorded;
import io.thespace.event.Outbox;
import io.thespace.identity.Fired;
import io.thespace.identity.access.Authentication;
import io.thespace.migration.MigrationsAccess;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.Rows;
import io.thespace.transaction.TestTransactions;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.TestDefinitions;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.outside.TestHttpCalls;
import io.thespace.workflow.run.EventTriggers;
import io.thespace.workflow.run.RunView;
import io.thespace.workflow.run.Runs;
import io.thespace.workflow.run.TestRuns;
import io.thespace.workflow.task.Tasks;
import io.thespace.workflow.task.TestTasks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.engine.ProcessEngine;
import org.postgresql.ds.PGSimpleDataSource;

/** The workflow engine on a real PostgreSQL, outside of a server: steps that call plugins and models fail. */
final class TestEngine implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    final UUID org = UUID.randomUUID();
    final Actor user = new Actor(org, UUID.randomUUID(), Role.ADMIN, null, "test", null, null, false);
    final Workflows workflows = new Workflows();
    final Runs runs = new Runs();
    final Tasks tasks = new Tasks();
    final EventTriggers triggers = new EventTriggers();
    final Outbox outbox = new Outbox();
    final TestHttpCalls http = new TestHttpCalls();
    final Rows rows;

    /** The engine's settings in the database, before its first start. */
    final List<String> migrated;

    private final EmbeddedPostgres postgres;
    private final TestTransactions transactions;
    private final ExecutorService afterwards = Executors.newSingleThreadExecutor();
    private final ProcessEngine engine;

    TestEngine() throws Exception {
        postgres = EmbeddedPostgres.start();
        owner("postgres", "create role owner login createrole password 'owner'");
        owner("postgres", "create database space owner owner");
        owner("space", "create extension if not exists pg_trgm");
        Configuration configuration =
                Configuration.read(Map.of(
                        Key.DATABASE_URL.name(),
                        "postgresql://owner:owner@localhost:%d/space".formatted(postgres.getPort()))::get);
        MigrationsAccess.of(configuration);
        owner(
                "space",
                "insert into core.organizations (id, name, created_at) values ('%s', 'Test', now())".formatted(org));
        PGSimpleDataSource application = new PGSimpleDataSource();
        application.setURL(configuration.get(Key.DATABASE_URL).jdbc());
        application.setUser(configuration.get(Key.DATABASE_APP_USER));
        application.setPassword(configuration.databaseAppPassword());
        transactions = new TestTransactions(application);
        rows = transactions.rows();
        migrated = settings();
        engine = start();
    }

    private void owner(String database, String sql) throws Exception {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a migration of the engine's schema again, as an upgrade does with the data of an earlier version. */
    void migrateAgain(String script) throws Exception {
        try (InputStream in = TestEngine.class.getResourceAsStream("/db/migration/flow/" + script)) {
            owner("space", "set search_path = flow;" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Changes rows as the owner of the tables. */
    void owner(String sql) throws Exception {
        owner("space", sql);
    }

    private ProcessEngine start() throws Exception {
        inject(outbox, List.of(transactions.statements(), new Fired<EventRecorded>()));
        RunningEngine running = new RunningEngine();
        EngineNode node = new EngineNode();
        Authentication authentication = new Authentication() {
            @Override
            public Actor onBehalfOf(Actor platform, UUID userId, String requestId) {
                return new Actor(platform.orgId(), userId, Role.USER, null, requestId, null, null, false);
            }
        };
        TestDefinitions definitions = new TestDefinitions(rows);
        TestRuns steps = new TestRuns(rows, definitions.tables, running, node, outbox, authentication, http);
        List<Object> beans = new ArrayList<>(List.of(running, authentication));
        beans.addAll(definitions.beans());
        beans.addAll(steps.beans());
        beans.addAll(TestTasks.beans(rows));
        inject(workflows, beans);
        inject(runs, beans);
        inject(tasks, beans);
        inject(triggers, beans);
        ProcessEngine built = new EngineSetup(
                        new Transactions(transactions),
                        transactions.registry(),
                        transactions.connections(),
                        node.owner(),
                        Executors.defaultThreadFactory(),
                        afterwards,
                        Map.of(
                                EngineModel.STEP,
                                steps.step,
                                EngineModel.CALL,
                                steps.call,
                                EngineModel.CONDITIONS,
                                steps.conditions),
                        steps.recorder,
                        steps.failures)
                .buildProcessEngine();
        running.is(built);
        built.getProcessEngineConfiguration().getAsyncExecutor().start();
        return built;
    }

    /** Sets the fields that a server injects. */
    private static void inject(Object target, List<Object> beans) throws ReflectiveOperationException {
        for (Field field : target.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class)) {
                field.setAccessible(true);
                field.set(
                        target,
                        beans.stream()
                                .filter(field.getType()::isInstance)
                                .findFirst()
                                .orElseThrow());
            }
        }
    }

    /** The engine's transactions, which a server's session bean begins. */
    private static final class Transactions extends EngineTransactions {

        private final TestTransactions transactions;

        private Transactions(TestTransactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <T> Outcome<T> inNew(Supplier<T> command) {
            try {
                return new Outcome<>(transactions.inNew(command), null);
            } catch (RuntimeException | Error e) {
                return new Outcome<>(null, e);
            }
        }
    }

    /** The engine's settings in the database. */
    List<String> settings() {
        return in(() -> rows.list(
                "select name_ || '=' || value_ from flow.act_ge_property order by name_", row -> row.getString(1)));
    }

    /** Work of the user in a transaction, as a call is. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    <T> T in(Supplier<T> work) {
        try (Tenant tenant = Tenant.bind(org)) {
            return transactions.inNew(work);
        }
    }

    /** A command of the engine, in the active transaction. */
    <T> T command(Command<T> command) {
        return engine.getManagementService().executeCommand(command);
    }

    /** The run, when it has come to this; fails when that takes too long. */
    RunView until(UUID run, Predicate<RunView> reached) {
        Instant end = Instant.now().plus(LIMIT);
        while (true) {
            RunView view = in(() -> runs.find(user, run));
            if (reached.test(view)) {
                return view;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("The run stands still: " + view);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() throws Exception {
        engine.close();
        ((EngineSetup) engine.getProcessEngineConfiguration()).stopThreads();
        afterwards.shutdownNow();
        postgres.close();
    }
}
