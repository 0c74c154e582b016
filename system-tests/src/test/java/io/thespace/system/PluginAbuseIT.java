package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Misbehaving plugins: the platform reports why, leaves nothing behind, and continues to serve other requests. */
class PluginAbuseIT {

    private static final String ID = "failing_plugin";
    private static final String OTHER = "notice_board";
    private static final String PATH = "/api/plugins/failing_plugin/";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Fixtures fixtures = stage.fixtures();
    private final Caller admin = stage.space().as(fixtures.admin(fixtures.organization()));
    private final ControlCenter center = new ControlCenter(admin);
    private final AtomicBoolean over = new AtomicBoolean();
    private ExecutorService others;
    private Future<Integer> served;

    /** Somebody else uses another plugin all the time. */
    @BeforeEach
    void open() {
        center.clear(ID);
        over.set(false);
        others = Executors.newSingleThreadExecutor();
        served = others.submit((Callable<Integer>) () -> {
            int calls = 0;
            while (!over.get()) {
                admin.get(Business.PATH + "/accounts").is(200);
                calls++;
            }
            return calls;
        });
    }

    @AfterEach
    void nobodyElseNoticed() throws Exception {
        over.set(true);
        others.shutdown();
        assertThat(served.get(1, TimeUnit.MINUTES)).isPositive();
        center.clear(ID);
        assertThat(stage.database().query("select plugin_id from core.plugin_archives where plugin_id = ?", ID))
                .isEmpty();
        assertThat(stage.database().query("select nspname from pg_namespace where nspname = ?", ID))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside.txt", "/outside.txt", "ui/../../outside.txt", "ui\\..\\outside.txt", "C:/outside.txt"
            })
    void anEntryThatLeadsOutOfTheArchiveIsRefused(String name) {
        assertThat(center.install(PluginZip.failing().with(name, new byte[] {1}).signed())
                        .refused(400))
                .contains("name would lead out of it");
        assertThat(center.state(ID)).isEqualTo("absent");
    }

    @Test
    void aBombIsRefusedBeforeItGoesOff() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("ui/zeros.js"));
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 512; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        assertThat(center.install(bomb.toByteArray()).refused(413)).contains("unpacked archive exceeds");
        byte[] jar = PluginZip.zip(Map.of("zeros.bin", new byte[80 * 1024 * 1024]));
        center.install(PluginZip.failing().with("lib/bomb.jar", jar).signed()).refused(413);
    }

    @Test
    void whatIsNoPluginIsRefused() {
        assertThat(center.install("no zip at all".getBytes(StandardCharsets.UTF_8))
                        .refused(400))
                .contains("not a zip archive");
        byte[] half = PluginZip.failing().signed();
        center.install(Arrays.copyOf(half, half.length / 2)).refused(400);
        assertThat(center.install(PluginZip.failing().without("plugin.json").signed())
                        .refused(400))
                .contains("plugin.json");
        assertThat(center.install(PluginZip.failing()
                                .with("plugin.json", "{\"id\":".getBytes(StandardCharsets.UTF_8))
                                .signed())
                        .refused(400))
                .contains("plugin.json");
        assertThat(refused(PluginZip.failing().manifest(json -> json.put("colour", "red"))))
                .contains("colour");
        assertThat(refused(PluginZip.failing().manifest(json -> json.put("id", "Bad Id"))))
                .contains("id");
        assertThat(refused(PluginZip.failing().manifest(json -> json.put("id", "core"))))
                .contains("reserved");
        assertThat(refused(PluginZip.failing().manifest(json -> json.put("version", "one"))))
                .contains("version");
        assertThat(refused(PluginZip.failing().manifest(json -> json.put("requires", "soon"))))
                .contains("requires");
        assertThat(refused(PluginZip.failing().manifest(json -> json.remove("main_class"))))
                .contains("main_class");
        assertThat(refused(PluginZip.failing()
                        .manifest(json -> json.withArray("permissions").add("everything"))))
                .contains("everything");
        assertThat(center.state(ID)).isEqualTo("absent");
    }

    private String refused(PluginZip plugin) {
        return center.install(plugin.signed()).refused(400);
    }

    @Test
    void classFilesThatAreNoneAreRefused() {
        byte[] garbage =
                PluginZip.zip(Map.of("io/thespace/Bad.class", "garbage, not a class".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(PluginZip.failing().with("lib/bad.jar", garbage))).contains("is not a class file");
        byte[] cut = PluginZip.zip(Map.of(
                "io/thespace/Bad.class",
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, 0, 40, 7, 1}));
        assertThat(refused(PluginZip.failing().with("lib/bad.jar", cut))).contains("is not a well-formed class file");
        byte[] future = PluginZip.zip(Map.of(
                "io/thespace/Bad.class",
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) 200, 0, 1, 0, 0}));
        assertThat(refused(PluginZip.failing().with("lib/bad.jar", future))).contains("is compiled for Java");
    }

    @ParameterizedTest
    @CsvSource({
        "constructor, runtime_exception, load",
        "constructor, exit, load",
        "start, runtime_exception, start",
        "start, linkage_error, start",
        "start, stack_overflow, start",
        "start, out_of_memory, start",
        "start, exit, start",
        "start, halt, start",
        "start, exit_by_reference, start",
        "start, halt_by_reference, start",
        "start, hang_until_interrupted, start",
        "start, hang, start",
        "endpoints, runtime_exception, declare",
        "declared, twice, declare",
        "health, runtime_exception, probe"
    })
    void aPluginThatDoesNotStartIsToldWhy(String phase, String failure, String step) {
        Answer answer = center.run(PluginZip.failing().failingAt(phase, failure));
        assertThat(answer.refused(409)).contains("step " + step);
        assertThat(center.state(ID)).isEqualTo("installed");
        assertThat(center.find(ID).path("reason").asText()).contains("step " + step);
        admin.call("POST", PATH + "none").refused(404);
    }

    @Test
    void aMigrationThatFailsHalfWayLeavesNothing() throws IOException {
        Answer answer = center.run(PluginZip.failing().failingHalfWay());
        assertThat(answer.refused(409)).contains("step rehearse");
        assertThat(tables()).isEmpty();

        center.uninstall(ID, "purge").is(200);
        center.run(PluginZip.failing()).is(200);
        Answer upgrade = center.install(
                PluginZip.failing().version("1.1.0").failingHalfWay().signed());
        assertThat(upgrade.refused(409)).contains("1.0.0 goes on serving");
        assertThat(tables()).containsExactly("kept");
        admin.call("POST", PATH + "none").is(200);
        assertThat(center.find(ID).path("version").asText()).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table stolen as select * from core.users",
                "reset role; create table stolen as select * from core.users",
                "drop schema financial_business cascade",
                "alter role current_user superuser",
                "create table stolen (id int); commit",
                "create table stolen (id int); rollback; create table stolen (id int)",
                "create index concurrently stolen on kept (note)"
            })
    void aScriptReachesItsOwnSchemaOnly(String script) {
        byte[] jar = PluginZip.zip(
                Map.of("db/migration/failing_plugin/V2__steal.sql", script.getBytes(StandardCharsets.UTF_8)));
        center.run(PluginZip.failing().with("lib/script.jar", jar)).refused(409);
        assertThat(tables()).isEmpty();
    }

    private List<String> tables() {
        return stage.database()
                .query(
                        "select table_name::text from information_schema.tables where table_schema = ?"
                                + " and table_name <> 'flyway_schema_history'",
                        ID);
    }

    @Test
    void anUpgradeThatDoesNotStartLeavesTheOldVersionServing() {
        center.run(PluginZip.failing()).is(200);
        Answer upgrade = center.install(PluginZip.failing()
                .version("1.1.0")
                .failingAt("start", "runtime_exception")
                .signed());
        assertThat(upgrade.refused(409)).contains("1.0.0 goes on serving");
        admin.call("POST", PATH + "none").is(200);
        assertThat(center.find(ID).path("versions")).hasSize(1);
        center.install(PluginZip.failing().version("1.1.0").signed()).is(200);
        assertThat(center.find(ID).path("version").asText()).isEqualTo("1.1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runtime_exception",
                "linkage_error",
                "stack_overflow",
                "out_of_memory",
                "exit",
                "halt",
                "exit_by_reference",
                "halt_by_reference",
                "undeclared_answer"
            })
    void aCallThatCrashesIsADefectOfThePlugin(String failure) {
        center.run(PluginZip.failing()).is(200);
        assertThat(admin.call("POST", PATH + failure).refused(500)).doesNotContain("secret");
        admin.call("POST", PATH + "none").is(200);
    }

    private Answer sql(Caller caller, String sql) {
        return caller.post(PATH + "sql", "sql", sql);
    }

    private String value(String sql) {
        return sql(admin, sql).is(200).text("value");
    }

    @Test
    void aSessionNeverWasMoreThanThePluginsRole() {
        center.run(PluginZip.failing()).is(200);
        String role = value("select current_user");
        assertThat(role).startsWith("space_failing_plugin_");
        assertThat(value("select session_user")).isEqualTo(role);

        for (String attack : List.of(
                "reset role; select password_hash from core.users",
                "set role none; select password_hash from core.users",
                "set session authorization default; select password_hash from core.users",
                "set role space_app; select 1",
                "select set_config('role', 'none', false); update core.memberships set role = 'owner'",
                "select email from core.users",
                "select key from core.plugin_call_key",
                "select plugin_call.begin_call('%s', 9999999999, 'x')".formatted(fixtures.organization()),
                "select plugin_call.add_event('x', gen_random_uuid(), '%s', 't', 's', 's', '{}', null, 'r', false, now())"
                        .formatted(fixtures.organization()))) {
            assertThat(sql(admin, attack).refused(409)).as(attack).contains("42501");
        }
        assertThat(value("reset role; select current_user")).isEqualTo(role);
    }

    @Test
    void aPluginDoesNotEndThePlatformsTransaction() {
        center.run(PluginZip.failing()).is(200);
        String insert = "insert into kept select gen_random_uuid(), current_setting('app.org_id')::uuid, 'x'; ";

        for (String end : List.of("commit", "rollback", "/* */ COMMIT", "set constraints all immediate")) {
            assertThat(sql(admin, insert + end).refused(409)).as(end).contains("2D000");
        }

        assertThat(value("select count(*) from kept")).isEqualTo("0");
        assertThat(value(insert + "savepoint s; rollback to savepoint s; select count(*) from kept"))
                .isEqualTo("1");
    }

    @Test
    void nothingOfASessionReachesTheNextCallOrTheOthers() {
        center.run(PluginZip.failing()).is(200);
        for (int i = 0; i < 20; i++) {
            value("select pg_advisory_lock(424242); set statement_timeout = 0; set search_path = public;"
                    + " set app.org_id = '%s'".formatted(fixtures.organization()));
            assertThat(value("select current_setting('statement_timeout') || current_setting('app.org_id')"))
                    .isEqualTo("15s" + admin.get("/api/auth/me").is(200).text("org_id"));
            assertThat(value("select count(*) from pg_locks where locktype = 'advisory' and objid = 424242"))
                    .isEqualTo("0");
            assertThat(value("select 'kept'::regclass::oid = 'failing_plugin.kept'::regclass::oid"))
                    .isEqualTo("t");
        }
        assertThat(stage.database().query("select 1 from pg_locks where locktype = 'advisory' and objid = 424242"))
                .isEmpty();
        admin.get(Business.PATH + "/accounts").is(200);
    }

    @Test
    void keyEventAndRecordAreInThePluginsTransaction() {
        center.run(PluginZip.failing()).is(200);
        String key = "key-" + UUID.randomUUID();
        String insert = "insert into kept select gen_random_uuid(), current_setting('app.org_id')::uuid, '" + key + "'";

        Answer first = sql(admin.with("Idempotency-Key", key), insert).is(200);
        Answer again = sql(admin.with("Idempotency-Key", key), insert).is(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(value("select count(*) from kept where note = '" + key + "'"))
                .isEqualTo("1");
        assertThat(stage.database()
                        .query("select 1 from core.events where type = 'statement_run' and data->>'sql' = ?", insert))
                .hasSize(1);
        Patience.within(LIMIT, () -> assertThat(stage.database()
                        .query(
                                "select outcome from core.audit_events where request_id = ?",
                                first.header("X-Request-ID").orElseThrow()))
                .containsExactly("done"));

        String refused = "select 1/0";
        sql(admin.with("Idempotency-Key", key + "-2"), insert + "; " + refused).refused(409);
        assertThat(stage.database().query("select 1 from core.idempotency_keys where key = ?", key + "-2"))
                .isEmpty();
        assertThat(value("select count(*) from kept where note = '" + key + "'"))
                .isEqualTo("1");
    }

    @Test
    void anExpiredKeyIsUsedAgainInThePluginsTransaction() {
        center.run(PluginZip.failing()).is(200);
        String key = "key-" + UUID.randomUUID();
        String insert = "insert into kept select gen_random_uuid(), current_setting('app.org_id')::uuid, '" + key + "'";
        sql(admin.with("Idempotency-Key", key), insert).is(200);
        stage.database()
                .execute("update core.idempotency_keys set expires_at = now() - interval '1 hour' where key = ?", key);

        Answer again = sql(admin.with("Idempotency-Key", key), insert).is(200);

        assertThat(again.header("Idempotency-Replayed")).isEmpty();
        assertThat(value("select count(*) from kept where note = '" + key + "'"))
                .isEqualTo("2");
        assertThat(sql(admin.with("Idempotency-Key", key), insert).is(200).header("Idempotency-Replayed"))
                .contains("true");
    }

    @Test
    void aPluginActsInTheOrganizationOfItsCallOnly() {
        center.run(PluginZip.failing()).is(200);
        UUID other = fixtures.organization();

        admin.post(PATH + "sql", "sql", "select 1", "organization", other).refused(500);

        assertThat(stage.database().query("select 1 from core.events where org_id = ?", other))
                .isEmpty();
    }

    @Test
    void aCallThatHangsIsGivenUp() {
        center.run(PluginZip.failing()).is(200);
        assertThat(admin.call("POST", PATH + "hang").refused(503)).contains("did not answer");
        assertThat(admin.call("POST", PATH + "hang_until_interrupted").refused(503))
                .contains("did not answer");
        admin.call("POST", PATH + "none").is(200);
    }

    @Test
    void aPluginThatCrashesForSeveralCallersRestsAndComesBackByItself() {
        center.run(PluginZip.failing()).is(200);
        for (int i = 0; i < 5; i++) {
            Caller other = stage.space().as(fixtures.admin(fixtures.organization()));
            other.call("POST", PATH + "runtime_exception").refused(500);
            other.call("POST", PATH + "runtime_exception").refused(500);
        }
        assertThat(admin.call("POST", PATH + "none").refused(503)).contains("crashed in most of its last calls");
        assertThat(admin.get("/api/plugins/" + ID + "/health")
                        .is(200)
                        .json()
                        .path("reason")
                        .asText())
                .contains("runtime_exception crashed");
        Patience.within(LIMIT, () -> admin.call("POST", PATH + "none").is(200));
        assertThat(center.state(ID)).isEqualTo("enabled");
    }

    @Test
    void oneCallerWhoseRequestsCrashTakesThePluginFromNobody() {
        center.run(PluginZip.failing()).is(200);
        Caller other = stage.space().as(fixtures.admin(fixtures.organization()));
        for (int i = 0; i < 30; i++) {
            other.call("POST", PATH + "runtime_exception").refused(500);
        }
        admin.call("POST", PATH + "none").is(200);
    }

    @Test
    void aStopThatHangsDoesNotKeepAPluginFromGoing() {
        center.run(PluginZip.failing().failingAt("stop", "hang")).is(200);
        center.disable(ID).is(200);
        admin.call("POST", PATH + "none").refused(404);
    }

    /** It ends with its result: it keeps its database sessions until then. */
    @Test
    void aCallThatLastsHoldsUpNoChangeOfAnotherPlugin() throws Exception {
        center.clear(OTHER);
        center.run(PluginZip.example()).is(200);
        center.disable(OTHER).is(200);
        center.run(PluginZip.failing()).is(200);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try (Connection blocker = stage.database().owner()) {
            Database.query(blocker, "select pg_advisory_lock(424243)");
            Future<Answer> call = clients.submit(
                    () -> sql(admin, "set local lock_timeout = 0; select pg_advisory_xact_lock(424243)"));
            Patience.within(LIMIT, () -> assertThat(stage.database()
                            .query("select 1 from pg_locks where locktype = 'advisory' and objid = 424243"
                                    + " and not granted"))
                    .hasSize(1));
            Future<Answer> disabling = clients.submit(() -> center.disable(ID));
            Patience.within(LIMIT, () -> admin.call("POST", PATH + "none").refused(404));

            center.enable(OTHER).is(200);

            Database.query(blocker, "select pg_advisory_unlock(424243)");
            call.get(1, TimeUnit.MINUTES).is(200);
            disabling.get(1, TimeUnit.MINUTES).is(200);
            assertThat(center.state(ID)).isEqualTo("disabled");
        } finally {
            clients.shutdown();
            center.clear(OTHER);
        }
    }
}
