package io.thespace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegularTasksTest {

    private static final long LIMIT_SECONDS = 30;

    @Test
    void aTaskThatFailsRunsAgain() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        try (RegularTasks tasks = new RegularTasks("test", 1, Executors.defaultThreadFactory())) {
            tasks.every(Duration.ofMillis(1), () -> {
                runs.countDown();
                if (runs.getCount() == 2) {
                    throw new IllegalStateException("A failure");
                }
                throw new LinkageError("A class is missing");
            });

            assertThat(runs.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }
}
