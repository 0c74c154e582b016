package io.thespace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.monitoring.Judgement.Level;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each threshold at its edges; every judgement has advice. */
class ThresholdsTest {

    private static final long MIB = 1L << 20;
    private static final Map<String, String> SHIPPED = Map.of("core", "6", "ledger", "1");

    @ParameterizedTest
    @CsvSource({"0, OK", "100, OK", "101, DEGRADED"})
    void theDatabaseAnswersInTime(long millis, Level expected) {
        judged(Thresholds.database(millis, "17.4", 12 * MIB), expected, "PostgreSQL 17.4", "12 MiB");
    }

    @ParameterizedTest
    @CsvSource({"79, OK", "80, DEGRADED", "94, DEGRADED", "95, DOWN", "100, DOWN"})
    void connectionsAreLeft(long used, Level expected) {
        judged(Thresholds.connections(used, 100), expected, used + " of ");
    }

    @ParameterizedTest
    @CsvSource({"500, OK", "501, DEGRADED"})
    void anEventIsWrittenInTime(long millis, Level expected) {
        judged(Thresholds.written(millis), expected, millis + " ms");
    }

    @ParameterizedTest
    @CsvSource({"true, 100, OK", "true, 101, DEGRADED", "false, 1, DOWN"})
    void redisAnswersInTime(boolean answers, long millis, Level expected) {
        judged(Thresholds.redis(answers, millis), expected, "Redis");
    }

    @ParameterizedTest
    @CsvSource({"C, DEGRADED", "POSIX, DEGRADED", "C.UTF-8, OK", "en_US.UTF-8, OK"})
    void theSearchNeedsLettersBeyondAscii(String ctype, Level expected) {
        judged(Thresholds.searching(ctype), expected, "LC_CTYPE is " + ctype);
    }

    @ParameterizedTest
    @CsvSource({
        "102400, 102400, OK",
        "10240, 102400, OK",
        "10239, 102400, DEGRADED",
        "2048, 102400, DEGRADED",
        "2047, 102400, DOWN",
        // Much of a small disk is still little.
        "1024, 2048, OK",
        "1023, 2048, DEGRADED",
        "256, 2048, DEGRADED",
        "255, 2048, DOWN"
    })
    void spaceIsLeft(long free, long total, Level expected) {
        judged(Thresholds.disk("SPACE_HOME", free * MIB, total * MIB), expected, "SPACE_HOME");
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "84, OK", "85, DEGRADED", "94, DEGRADED", "95, DOWN"})
    void theHeapIsJudgedByWhatSurvives(long survived, Level expected) {
        judged(Thresholds.heap(survived * MIB, 99 * MIB, 100 * MIB), expected, survived + " MiB", "99 MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, OK",
        "1000, 0, OK",
        "1001, 0, DEGRADED",
        "-1001, 0, DEGRADED",
        // The answer may have been on its way for as long.
        "1100, 100, OK",
        "30000, 0, DEGRADED",
        "-30001, 0, DOWN"
    })
    void clocksAgree(long skew, long uncertainty, Level expected) {
        judged(
                Thresholds.clock(Duration.ofMillis(skew), Duration.ofMillis(uncertainty)),
                expected,
                skew < 0 ? "behind" : "ahead");
    }

    @Test
    void schemasAreWhereThisNodeNeedsThem() {
        judged(migrations("6", 0), Level.OK, "core is at 6; ledger is at 1");
        judged(migrations("7", 0), Level.DEGRADED, "core is at 7, this node knows 6");
        judged(migrations("5", 0), Level.DOWN, "core is at 5 and should be at 6");
        judged(migrations("10", 0), Level.DEGRADED, "core is at 10");
        judged(migrations("6", 1), Level.DOWN, "core has 1 failed");
        judged(migrations(null, 0), Level.DOWN, "core has no history");
        judged(
                Thresholds.migrations(SHIPPED, Map.of("core", new AppliedMigrations("7", 0))),
                Level.DOWN,
                "core is at 7",
                "ledger has no history");
    }

    private static Judgement migrations(String core, long failed) {
        return Thresholds.migrations(
                SHIPPED, Map.of("core", new AppliedMigrations(core, failed), "ledger", new AppliedMigrations("1", 0)));
    }

    @Test
    void aPluginSpeaksForItself() {
        judged(Thresholds.plugin("ledger", true, null), Level.OK, "healthy");
        judged(Thresholds.plugin("ledger", false, "The rates are old."), Level.DOWN, "The rates are old.");
    }

    private static void judged(Judgement judgement, Level expected, String... findings) {
        assertThat(judgement.level()).as("%s", judgement).isEqualTo(expected);
        assertThat(judgement.finding()).contains(findings).endsWith(".");
        assertThat(judgement.threshold()).isNotBlank();
        if (expected == Level.OK) {
            assertThat(judgement.advice()).isNull();
        } else {
            assertThat(judgement.advice()).endsWith(".");
        }
    }
}
