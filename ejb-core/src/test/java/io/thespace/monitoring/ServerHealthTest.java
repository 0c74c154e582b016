package io.thespace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.health.NodeHealth.Source;
import io.thespace.health.NodeHealth.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The monitor's readiness as MicroProfile Health reports it. */
class ServerHealthTest {

    private static final ReadinessView.Check DATABASE = new ReadinessView.Check("database", "ok", 1, true);

    private final CountDownLatch never = new CountDownLatch(1);
    private final Checkup checkup = new Checkup(runnable -> {
        Thread thread = new Thread(runnable);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void release() {
        never.countDown();
        checkup.close();
    }

    private State ready(Duration limit, Supplier<ReadinessView> readiness) {
        Source source = ServerHealth.source(
                new Monitor() {
                    @Override
                    public ReadinessView readiness() {
                        return readiness.get();
                    }
                },
                checkup,
                limit);
        return source.ready();
    }

    @Test
    void whatIsDegradedIsReady() {
        ReadinessView.Check redis = new ReadinessView.Check("redis", "down", 1, false);
        assertThat(ready(Duration.ofSeconds(10), () -> new ReadinessView("degraded", List.of(DATABASE, redis))))
                .isEqualTo(new State(true, Map.of("status", "degraded", "finding", "database: ok, redis: down")));
    }

    @Test
    void withoutARequiredDependencyTheNodeIsNotReady() {
        ReadinessView.Check database = new ReadinessView.Check("database", "down", 1, true);
        assertThat(ready(Duration.ofSeconds(10), () -> new ReadinessView("down", List.of(database))))
                .isEqualTo(new State(false, Map.of("status", "down", "finding", "database: down")));
    }

    @Test
    void aDependencyThatHangsIsReportedWithinTheLimit() {
        State state = ready(Duration.ofMillis(100), () -> {
            try {
                assertThat(never.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new ReadinessView("ok", List.of(DATABASE));
        });

        assertThat(state.up()).isFalse();
        assertThat(state.details()).containsEntry("finding", "No response within 100 ms.");
    }
}
