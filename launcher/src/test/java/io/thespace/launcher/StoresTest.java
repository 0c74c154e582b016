package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and Redis for real: what a user of deploy.sh has after the worst. */
class StoresTest {

    @TempDir
    Path home;

    private Instance instance;

    @BeforeEach
    void ports() {
        List<Integer> ports = Ports.unused(2);
        instance = Instance.of(Map.of(
                "SPACE_HOME", home.resolve("a home").toString(),
                "SPACE_POSTGRES_PORT", ports.get(0).toString(),
                "SPACE_REDIS_PORT", ports.get(1).toString()));
    }

    @AfterEach
    void stop() {
        instance.postgres().stop();
        instance.redis().stop();
    }

    @Test
    void postgresSurvivesKillWithEveryCommittedRow() throws Exception {
        Postgres postgres = instance.postgres();
        postgres.start();
        long first = postgres.pid().orElseThrow();
        query("create table kept (n int)");
        query("insert into kept values (42)");
        assertThat(query("show fsync")).isEqualTo("on");
        assertThat(query("show synchronous_commit")).isEqualTo("on");
        assertThat(query("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query("select current_user || rolcreaterole || rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("space_ownertruefalse");

        instance.postgres().start();
        assertThat(postgres.pid()).as("found again, not started again").contains(first);

        postgres.kill();
        assertThat(postgres.pid()).isEmpty();
        postgres.start();
        assertThat(postgres.pid().orElseThrow()).isNotEqualTo(first);
        assertThat(query("select n from kept")).isEqualTo("42");
    }

    /** pg_trgm and the text search take letters for letters by LC_CTYPE. */
    @Test
    void postgresKnowsTheLettersOfAllScripts() throws Exception {
        instance.postgres().start();
        assertThat(query("select datctype from pg_database where datname = current_database()"))
                .isNotIn("C", "POSIX");
        query("create extension pg_trgm");
        assertThat(query("select similarity('МОСКВА', 'москва') = 1")).isEqualTo("t");
        assertThat(query("select similarity('ÅRÅ', 'Ærø') < 0.3")).isEqualTo("t");
        assertThat(query("select to_tsvector('simple', 'МОСКВА') @@ to_tsquery('simple', 'москва')"))
                .isEqualTo("t");
    }

    @Test
    void postgresIsNotFooledByAStaleLockWithALivingNumber() throws Exception {
        Postgres postgres = instance.postgres();
        postgres.start();
        Path lock = instance.home().resolve("postgres/data/postmaster.pid");
        List<String> lines = Files.readAllLines(lock);
        postgres.kill();
        // The number now belongs to a program that is no PostgreSQL: this one.
        String stale = ProcessHandle.current().pid() + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n";
        Files.writeString(lock, stale);
        assertThat(postgres.pid()).isEmpty();
        postgres.start();
        assertThat(query("select 1")).isEqualTo("1");
    }

    @Test
    void postgresWantsItsPassword() {
        instance.postgres().start();
        DatabaseUrl url = instance.databaseUrl();
        assertThatThrownBy(() -> DriverManager.getConnection(url.jdbc(), url.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void redisIsFoundAgainAndComesBackAfterKill() {
        Redis redis = instance.redis();
        redis.start();
        long first = redis.pid().orElseThrow();
        instance.redis().start();
        assertThat(redis.pid()).contains(first);
        redis.kill();
        assertThat(redis.pid()).isEmpty();
        redis.start();
        assertThat(redis.pid().orElseThrow()).isNotEqualTo(first);
    }

    /** deploy.sh below a running server: only stores that have ended are restarted. */
    @Test
    void whatHasEndedIsRestartedAlone() throws Exception {
        instance.postgres().start();
        instance.redis().start();
        long postgres = instance.postgres().pid().orElseThrow();
        long redis = instance.redis().pid().orElseThrow();
        assertThat(Launcher.restartDeadStores(instance)).isFalse();

        instance.redis().kill();
        assertThat(Launcher.restartDeadStores(instance)).isTrue();
        assertThat(instance.redis().answers()).isTrue();
        assertThat(instance.redis().pid().orElseThrow()).isNotEqualTo(redis);
        assertThat(instance.postgres().pid()).contains(postgres);

        redis = instance.redis().pid().orElseThrow();
        instance.postgres().kill();
        assertThat(Launcher.restartDeadStores(instance)).isTrue();
        assertThat(query("select 1")).isEqualTo("1");
        assertThat(instance.redis().pid()).contains(redis);
        assertThat(Launcher.restartDeadStores(instance)).isFalse();
    }

    /** A second deploy.sh without the first one's ports must not move the stores below the running server. */
    @Test
    void storesOfARunningServerDoNotMove() {
        instance.redis().start();
        long redis = instance.redis().pid().orElseThrow();
        State.starting(instance, "hash");
        RunningProcess.of(ProcessHandle.current())
                .save(PrivateFiles.folder(instance.home().resolve("server")).resolve("process.json"));
        Instance other = Instance.of(Map.of(
                "SPACE_HOME", instance.home().toString(),
                "SPACE_POSTGRES_PORT", String.valueOf(instance.postgres().port()),
                "SPACE_REDIS_PORT", Ports.unused(1).get(0).toString()));
        assertThatThrownBy(() -> new Launcher(other).start())
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("redis is " + instance.redis().port());
        assertThat(instance.redis().pid()).contains(redis);
        assertThat(instance.redis().answers()).isTrue();
    }

    private String query(String sql) throws SQLException {
        DatabaseUrl url = instance.databaseUrl();
        try (Connection connection = DriverManager.getConnection(url.jdbc(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
