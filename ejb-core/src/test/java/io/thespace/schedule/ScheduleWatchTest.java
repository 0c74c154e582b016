package io.thespace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScheduleWatchTest {

    @Test
    void anErrorOfOneScheduleDoesNotDelayOthers() throws Exception {
        Firings.Due broken = new Firings.Due(UUID.randomUUID(), UUID.randomUUID());
        Firings.Due other = new Firings.Due(UUID.randomUUID(), UUID.randomUUID());
        List<Firings.Due> fired = new ArrayList<>();
        List<Firings.Due> postponed = new ArrayList<>();
        Firings firings = new Firings() {
            @Override
            public List<Due> due() {
                return List.of(broken, other);
            }

            @Override
            public void fire(Due due) {
                if (due.equals(broken)) {
                    throw new LinkageError("A class is missing");
                }
                fired.add(due);
            }

            @Override
            public void postpone(Due due) {
                postponed.add(due);
            }
        };
        ScheduleWatch watch = new ScheduleWatch();
        // Sets what a server injects.
        Field injected = ScheduleWatch.class.getDeclaredField("firings");
        injected.setAccessible(true);
        injected.set(watch, firings);
        Method look = ScheduleWatch.class.getDeclaredMethod("look");
        look.setAccessible(true);

        look.invoke(watch);

        assertThat(fired).containsExactly(other);
        assertThat(postponed).containsExactly(broken);
    }
}
