package io.thespace.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressReportsTest {

    private final List<Progress> heard = new ArrayList<>();

    @Test
    void someReportsAreHandedOn() {
        try (ProgressReports reports = new ProgressReports(heard::add)) {
            for (int done = 0; done < 1000; done++) {
                reports.accept(new Progress(done, null, "x".repeat(1000)));
            }
        }
        assertThat(heard).hasSize(ProgressReports.MAX_REPORTS).allSatisfy(progress -> assertThat(progress.message())
                .hasSize(ProgressReports.MAX_MESSAGE));
    }

    @Test
    void noneFollowsTheEndOfTheCall() {
        ProgressReports reports = new ProgressReports(heard::add);
        reports.accept(new Progress(Double.NaN, null, null));
        reports.close();
        reports.accept(new Progress(1, null, null));
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatFailsIsLeftAlone() {
        List<Progress> tried = new ArrayList<>();
        try (ProgressReports reports = new ProgressReports(progress -> {
            tried.add(progress);
            throw new IllegalStateException("The client is gone");
        })) {
            reports.accept(new Progress(1, null, null));
            reports.accept(new Progress(2, null, null));
        }
        assertThat(tried).hasSize(1);
    }
}
