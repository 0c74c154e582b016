package io.thespace.launcher;

import io.thespace.configuration.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An embedded PostgreSQL with durable settings, on loopback, with passwords. It outlives the launcher, and a later
 * launcher finds it, however the previous one ended.
 */
public final class Postgres {

    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "space_owner";
    private static final String DATABASE = "space";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** Linux has the first, macOS the second; with the third the search recognizes ASCII only. */
    private static final List<String> CTYPES = List.of("C.UTF-8", "en_US.UTF-8", "C");

    private final Instance instance;
    private final Path folder;
    private final Path data;
    private final Path logs;

    Postgres(Instance instance) {
        this.instance = instance;
        this.folder = instance.home().resolve("postgres");
        this.data = folder.resolve("data");
        this.logs = instance.logs().resolve("postgres");
    }

    /** For {@link Key#DATABASE_URL}: the database and the owner of its tables. */
    public String url() {
        return "postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(OWNER, instance.secret("postgres-owner"), port(), DATABASE);
    }

    /** The port that it listens on, or will. */
    public int port() {
        return instance.configuration().get(Key.POSTGRES_PORT);
    }

    /** The process id of the running PostgreSQL of this instance. */
    public Optional<Long> pid() {
        return lock().filter(lock -> ours(Long.parseLong(lock.get(0)))).map(lock -> Long.parseLong(lock.get(0)));
    }

    /** Starts it, or finds it running; afterwards the database and its owner are there. */
    public void start() {
        Path binaries = Distribution.POSTGRES.in(instance.cache());
        Unprivileged user = Unprivileged.reaching(binaries.resolve("bin"), instance.home());
        if (pid().isPresent() && !lock().orElseThrow().get(3).equals(String.valueOf(port()))) {
            stop();
        }
        if (pid().isEmpty()) {
            user.own(folder);
            user.own(logs);
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialize(binaries, user);
            }
            checkVersion();
            writeSettings(user);
            // PostgreSQL would refuse to start while the stale number is by chance another living process of this user.
            PrivateFiles.delete(data.resolve("postmaster.pid"));
            launch(binaries, user);
        }
        ensureDatabase();
    }

    /** Ends it orderly: open transactions are rolled back, all else is on disk. */
    public void stop() {
        if (pid().isEmpty()) {
            return;
        }
        Path binaries = Distribution.POSTGRES.in(instance.cache());
        Unprivileged user = Unprivileged.reaching(binaries.resolve("bin"), instance.home());
        try {
            control(binaries, user, "stop", "-m", "fast", "-t", "30");
        } catch (LaunchFailure e) {
            control(binaries, user, "stop", "-m", "immediate", "-t", "10");
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        pid().ifPresent(pid -> {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            if (!Await.until(Duration.ofSeconds(10), () -> pid().isEmpty())) {
                throw new LaunchFailure("PostgreSQL " + pid + " does not end.");
            }
        });
    }

    /** With the first character type that this machine has: by it the search takes letters for letters. */
    private void initialize(Path binaries, Unprivileged user) {
        for (int i = 0; ; i++) {
            try {
                initialize(binaries, user, CTYPES.get(i));
                return;
            } catch (LaunchFailure e) {
                if (i == CTYPES.size() - 1 || !e.getMessage().contains("locale")) {
                    throw e;
                }
            }
        }
    }

    private void initialize(Path binaries, Unprivileged user, String ctype) {
        Path fresh = folder.resolve("data.new");
        PrivateFiles.delete(fresh);
        Path passwordFile = folder.resolve("password");
        PrivateFiles.write(passwordFile, instance.secret("postgres-superuser"));
        user.own(folder);
        try {
            Command.run(
                    user.command(List.of(
                            binaries.resolve("bin/initdb").toString(),
                            "-D",
                            fresh.toString(),
                            "-U",
                            SUPERUSER,
                            "-A",
                            "scram-sha-256",
                            "--pwfile=" + passwordFile,
                            "--encoding=UTF8",
                            "--locale=C",
                            "--lc-ctype=" + ctype,
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums")),
                    folder,
                    Map.of("LC_ALL", "C"),
                    START_LIMIT);
            Files.writeString(
                    fresh.resolve("postgresql.conf"),
                    System.lineSeparator() + "include 'space.conf'" + System.lineSeparator(),
                    StandardOpenOption.APPEND);
            // Only a complete cluster gets the name: a start that was killed begins anew.
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot make the database in " + data + " (" + e + ").", e);
        } finally {
            PrivateFiles.delete(passwordFile);
        }
    }

    private void checkVersion() {
        String wanted = Distribution.POSTGRES.version().replaceFirst("\\..*", "");
        String found = PrivateFiles.read(data.resolve("PG_VERSION"));
        if (!wanted.equals(found)) {
            throw new LaunchFailure(data + " was made by PostgreSQL " + found + ", but this is " + wanted
                    + ". Move the data with pg_upgrade or pg_dump, or set another SPACE_HOME.");
        }
    }

    private void writeSettings(Unprivileged user) {
        PrivateFiles.write(
                data.resolve("space.conf"),
                """
                # Written at each start by deploy.sh.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 200
                password_encryption = 'scram-sha-256'
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                shared_buffers = 64MB
                timezone = 'UTC'
                log_timezone = 'UTC'
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgres-%%a.log'
                log_file_mode = 0600
                log_rotation_age = 1d
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_min_error_statement = panic
                """
                        .formatted(port(), logs.toString().replace("'", "''")));
        user.own(folder);
    }

    private void launch(Path binaries, Unprivileged user) {
        Path console = logs.resolve("start.log");
        boolean started = Await.until(START_LIMIT, () -> {
            try {
                PrivateFiles.delete(console);
                control(
                        binaries,
                        user,
                        "start",
                        "-l",
                        console.toString(),
                        "-t",
                        String.valueOf(START_LIMIT.toSeconds()));
                return true;
            } catch (LaunchFailure e) {
                String reason = PrivateFiles.read(console);
                // After a kill -9 the old backends need a moment to notice that they are orphans.
                if (reason != null && reason.contains("shared memory block")) {
                    return false;
                }
                throw new LaunchFailure(
                        "PostgreSQL does not start" + (reason == null ? "" : ":\n" + reason) + "\nIts log is in " + logs
                                + ".",
                        e);
            }
        });
        if (!started) {
            throw new LaunchFailure("Processes of an earlier PostgreSQL still hold " + data + ".");
        }
    }

    private void control(Path binaries, Unprivileged user, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(binaries.resolve("bin/pg_ctl").toString(), "-D", data.toString(), "-w", "-s"));
        command.addAll(List.of(arguments));
        Command.run(user.command(command), folder, Map.of("LC_ALL", "C"), START_LIMIT.plusSeconds(30));
    }

    private void ensureDatabase() {
        try (Connection connection = superuser().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", OWNER)) {
                // The password is hexadecimal, so it needs no quoting.
                statement.execute("create role " + OWNER + " login createrole password '"
                        + instance.secret("postgres-owner") + "'");
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?", DATABASE)) {
                statement.execute("create database " + DATABASE + " owner " + OWNER);
                statement.execute("revoke all on database " + DATABASE + " from public");
            }
        } catch (SQLException e) {
            throw new LaunchFailure(
                    "The embedded PostgreSQL on port %d rejected the connection: %s".formatted(port(), e.getMessage()),
                    e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private PGSimpleDataSource superuser() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName("postgres");
        source.setUser(SUPERUSER);
        source.setPassword(instance.secret("postgres-superuser"));
        source.setConnectTimeout(5);
        source.setSocketTimeout(60);
        return source;
    }

    /** The lines of postmaster.pid: process id, data folder, start time, port, … */
    private Optional<List<String>> lock() {
        String text = PrivateFiles.read(data.resolve("postmaster.pid"));
        return Optional.ofNullable(text)
                .map(lines -> lines.lines().map(String::strip).toList())
                .filter(lines -> lines.size() >= 4 && lines.get(0).matches("\\d{1,18}"));
    }

    private boolean ours(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(found -> found.info().commandLine())
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }
}
