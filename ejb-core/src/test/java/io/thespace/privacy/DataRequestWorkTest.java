package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DataRequestWorkTest {

    @Test
    void allThatWasFoundIsTreated() throws Exception {
        Queue<Long> batches = new ArrayDeque<>(List.of(5_000L, 5_000L, 5_000L, 17L, 0L));

        assertThat(DataRequestWork.batches(15_017, batches::remove)).isEqualTo(15_017);
        assertThat(batches).isEmpty();
    }

    /** What is written meanwhile is treated, too; rows that match for ever are not treated for ever. */
    @Test
    void batchesEndThoughRowsMatchAgain() throws Exception {
        assertThat(DataRequestWork.batches(3, () -> 4L)).isGreaterThan(5_003).isLessThan(10_000);
        assertThat(DataRequestWork.batches(0, () -> 5_000L)).isEqualTo(10_000);
    }
}
