package io.thespace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The handling of missed times. */
class ScheduleTest {

    private static final Instant NEXT = Instant.parse("2026-01-31T12:00:00Z");

    private static Schedule schedule(String cron, String catchUp) {
        return schedule(cron, catchUp, 0);
    }

    private static Schedule schedule(String cron, String catchUp, int jitterSeconds) {
        return new Schedule(
                new UUID(0, 1),
                "each hour",
                "workflow",
                JsonNodeFactory.instance.objectNode(),
                cron,
                cron == null ? NEXT : null,
                "UTC",
                jitterSeconds,
                "skip",
                catchUp,
                true,
                NEXT,
                null);
    }

    @Test
    void aTimeThatHasJustComeIsDue() {
        for (String catchUp : new String[] {"none", "latest", "all"}) {
            assertThat(schedule("0 * * * *", catchUp).due(NEXT.plusSeconds(2))).containsExactly(NEXT);
            assertThat(schedule("0 * * * *", catchUp).due(NEXT.minusSeconds(1))).isEmpty();
            assertThat(schedule(null, catchUp).due(NEXT.plusSeconds(2))).containsExactly(NEXT);
        }
    }

    @Test
    void timesThatPassedAreMadeUpForAsThePolicySays() {
        Instant now = Instant.parse("2026-01-31T15:30:00Z");

        assertThat(schedule("0 * * * *", "none").due(now)).isEmpty();
        assertThat(schedule(null, "none").due(now)).isEmpty();
        assertThat(schedule("0 * * * *", "latest").due(now)).containsExactly(Instant.parse("2026-01-31T15:00:00Z"));
        assertThat(schedule(null, "latest").due(now)).containsExactly(NEXT);
        assertThat(schedule("0 * * * *", "all").due(now)).hasSize(4).startsWith(NEXT);
        assertThat(schedule("* * * * *", "all").due(NEXT.plusSeconds(86_400)))
                .hasSize(Schedule.MAX_CAUGHT_UP)
                .endsWith(NEXT.plusSeconds(86_400));
    }

    @Test
    void noTimeIsPassedOverThatComesWhileAnotherIsDelayedByItsJitter() {
        for (String catchUp : new String[] {"none", "latest", "all"}) {
            Schedule schedule = schedule("*/5 * * * *", catchUp, 1800);
            Instant now = NEXT.plusSeconds(1700);
            List<Instant> started = new ArrayList<>();
            for (List<Instant> due = schedule.due(now); !due.isEmpty(); due = schedule.due(now)) {
                started.addAll(due);
                schedule = schedule.comingAfterDue(now);
            }

            assertThat(started)
                    .containsExactlyElementsOf(Stream.iterate(NEXT, time -> time.plusSeconds(300))
                            .limit(6)
                            .toList());
            assertThat(schedule.nextAt()).isEqualTo(NEXT.plusSeconds(1800));
        }
    }

    @Test
    void whatIsMadeUpForIsSettled() {
        Instant now = Instant.parse("2026-01-31T15:30:00Z");

        assertThat(schedule("0 * * * *", "latest").comingAfterDue(now).nextAt())
                .isEqualTo(Instant.parse("2026-01-31T16:00:00Z"));
        assertThat(schedule(null, "latest").comingAfterDue(now).nextAt()).isNull();
        assertThat(schedule(null, "latest").comingAfterDue(NEXT).nextAt()).isNull();
    }
}
