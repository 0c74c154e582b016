package io.thespace.monitoring;

import io.thespace.monitoring.Judgement.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;

/** Holds what was measured against what is good enough; {@code docs/MONITORING.md} explains each. */
final class Thresholds {

    private static final long SLOW_MILLIS = 100;
    private static final long SLOW_WRITE_MILLIS = 500;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private Thresholds() {}

    static Judgement database(long millis, String version, long bytes) {
        return Judgement.of(
                millis > SLOW_MILLIS ? Level.DEGRADED : Level.OK,
                "PostgreSQL %s answered in %d ms; the database has %s.".formatted(version, millis, size(bytes)),
                "degraded above %d ms".formatted(SLOW_MILLIS),
                "Look for load on the database (pg_stat_activity) and for a slow network between it and this node.");
    }

    static Judgement connections(long used, long most) {
        Level level = used * 100 >= most * 95 ? Level.DOWN : used * 100 >= most * 80 ? Level.DEGRADED : Level.OK;
        return Judgement.of(
                level,
                "%d of the database server's %d connections are taken.".formatted(used, most),
                "degraded from 80 %, down from 95 %",
                "Raise max_connections, or find who holds them in pg_stat_activity; each node takes up to 32.");
    }

    static Judgement written(long millis) {
        return Judgement.of(
                millis > SLOW_WRITE_MILLIS ? Level.DEGRADED : Level.OK,
                "An event was written and rolled back in %d ms.".formatted(millis),
                "degraded above %d ms".formatted(SLOW_WRITE_MILLIS),
                "Look for locks on core.events (pg_locks) and for a slow disk under the database.");
    }

    /**
     * Compares the migrations of the database with those shipped with this node.
     *
     * @param shipped the newest version of each schema
     * @param applied the history of each schema; a schema without a readable history is missing
     */
    static Judgement migrations(Map<String, String> shipped, Map<String, AppliedMigrations> applied) {
        List<String> findings = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        Level worst = Level.OK;
        for (Map.Entry<String, String> schema : new TreeMap<>(shipped).entrySet()) {
            String name = schema.getKey();
            AppliedMigrations there = applied.get(name);
            Level level = Level.OK;
            if (there == null || there.version() == null) {
                level = Level.DOWN;
                findings.add("%s has no history".formatted(name));
                advice.add("Restart this node; it migrates %s at the start.".formatted(name));
            } else if (there.failed() > 0) {
                level = Level.DOWN;
                findings.add("%s has %d failed migrations".formatted(name, there.failed()));
                advice.add(
                        "Undo by hand what the failed script of %s left, delete its row from the history and restart."
                                .formatted(name));
            } else {
                int order = MigrationVersion.fromVersion(there.version())
                        .compareTo(MigrationVersion.fromVersion(schema.getValue()));
                if (order < 0) {
                    level = Level.DOWN;
                    findings.add("%s is at %s and should be at %s".formatted(name, there.version(), schema.getValue()));
                    advice.add("An old backup of %s seems to be restored: restart this node, which migrates it."
                            .formatted(name));
                } else if (order > 0) {
                    level = Level.DEGRADED;
                    findings.add("%s is at %s, this node knows %s".formatted(name, there.version(), schema.getValue()));
                    advice.add("A newer node has migrated %s: update this one.".formatted(name));
                } else {
                    findings.add("%s is at %s".formatted(name, there.version()));
                }
            }
            worst = level.compareTo(worst) > 0 ? level : worst;
        }
        return Judgement.of(
                worst,
                String.join("; ", findings) + ".",
                "degraded when newer than this node's scripts, down when older, failed or missing",
                String.join(" ", advice));
    }

    static Judgement embeddings(String problem) {
        return Judgement.of(
                problem == null ? Level.OK : Level.DEGRADED,
                problem == null ? "Memories are embedded without errors." : problem,
                "degraded while memories cannot be embedded; full-text search still finds them",
                "See that the endpoint of SPACE_EMBEDDINGS_URL answers; without pgvector, install it, create the extension vector and"
                        + " restart.");
    }

    /** @param ctype the database's classification of letters (LC_CTYPE) */
    static Judgement searching(String ctype) {
        boolean poor = Set.of("C", "POSIX").contains(ctype);
        return Judgement.of(
                poor ? Level.DEGRADED : Level.OK,
                "The database's LC_CTYPE is %s.".formatted(ctype)
                        + (poor ? " Misspelt words with non-ASCII letters are not found." : ""),
                "degraded when it is C or POSIX",
                "Move the data with pg_dump into a database with an LC_CTYPE of UTF-8, for example C.UTF-8 (docs/MEMORIES.md).");
    }

    static Judgement redis(boolean answers, long millis) {
        if (!answers) {
            return Judgement.of(
                    Level.DOWN,
                    "Redis does not answer.",
                    "down without an answer, degraded above %d ms".formatted(SLOW_MILLIS),
                    "Start it, or correct REDIS_URL; meanwhile each node counts limits for itself.");
        }
        return Judgement.of(
                millis > SLOW_MILLIS ? Level.DEGRADED : Level.OK,
                "Redis answered in %d ms.".formatted(millis),
                "down without an answer, degraded above %d ms".formatted(SLOW_MILLIS),
                "Look for slow commands (SLOWLOG) and for a slow network between Redis and this node.");
    }

    /** @param what the folder's name for the reader */
    static Judgement disk(String what, long free, long total) {
        Level level = free < 256 * MIB || free * 100 < total * 2
                ? Level.DOWN
                : free < GIB || free * 100 < total * 10 ? Level.DEGRADED : Level.OK;
        return Judgement.of(
                level,
                "%s of %s are free on the file system of %s.".formatted(size(free), size(total), what),
                "degraded below 10 % or 1.0 GiB, down below 2 % or 256 MiB",
                "Free disk space on the file system of %s or enlarge it; on a full disk logs and uploads fail."
                        .formatted(what));
    }

    /**
     * Judges the heap by what no collection could free; what is used besides may be garbage.
     *
     * @param survived of the last collection
     */
    static Judgement heap(long survived, long used, long most) {
        Level level =
                survived * 100 >= most * 95 ? Level.DOWN : survived * 100 >= most * 85 ? Level.DEGRADED : Level.OK;
        return Judgement.of(
                level,
                "%s of %s survived the last garbage collection; %s are used."
                        .formatted(size(survived), size(most), size(used)),
                "degraded from 85 % after a collection, down from 95 %",
                "Increase the heap (SPACE_JAVA_OPTIONS=-Xmx…), or analyse a heap dump.");
    }

    /**
     * Compares the clocks.
     *
     * @param skew the lead of the database's clock; negative when it lags
     * @param uncertainty the duration of the query
     */
    static Judgement clock(Duration skew, Duration uncertainty) {
        long apart = Math.max(0, skew.abs().minus(uncertainty).toMillis());
        Level level = apart > 30_000 ? Level.DOWN : apart > 1_000 ? Level.DEGRADED : Level.OK;
        return Judgement.of(
                level,
                "The database's clock is %d ms %s this node's, give or take %d ms."
                        .formatted(
                                skew.abs().toMillis(),
                                skew.isNegative() ? "behind" : "ahead of",
                                uncertainty.toMillis()),
                "degraded above 1 s, down above 30 s",
                "Synchronise the clocks of this node and of the database with NTP; tokens and rate limits depend on them.");
    }

    static Judgement signed(String kid) {
        return Judgement.of(
                Level.OK,
                "The key %s signs, and what it signs verifies.".formatted(kid),
                "down when it does not",
                null);
    }

    /** @param reason why it is failing; null when it is well */
    static Judgement plugin(String id, boolean ok, String reason) {
        return Judgement.of(
                ok ? Level.OK : Level.DOWN,
                ok ? "The plugin reports that it is healthy." : "The plugin is failing: %s".formatted(reason),
                "down when it reports a failure or did not start",
                "Check the reason; disable %s if it affects other plugins.".formatted(id));
    }

    private static String size(long bytes) {
        return bytes >= GIB ? String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB) : bytes / MIB + " MiB";
    }
}
