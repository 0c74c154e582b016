package io.thespace.mcp.servlet.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListenerPlacesTest {

    private final ListenerPlaces places = new ListenerPlaces();

    private static Actor user() {
        return new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "request-1", null, null, false);
    }

    private void take(Actor actor, int times) {
        for (int i = 0; i < times; i++) {
            places.take(actor);
        }
    }

    private void busy(Actor actor, String words) {
        assertThatThrownBy(() -> places.take(actor))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(Rejection.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(EndpointError.BUSY);
                    assertThat(refusal.retryAfter()).isNotNull();
                });
    }

    @Test
    void aUserLeavesPlacesToOthers() {
        Actor greedy = user();
        take(greedy, 20);
        busy(greedy, "as a user may have");
        take(user(), 20);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Actor user = user();
        take(user, 18);
        Runnable place = places.take(user);
        place.run();
        place.run();
        take(user, 2);
        busy(user, "as a user may have");
    }

    @Test
    void aNodeHasSoMany() {
        for (int i = 0; i < 50; i++) {
            take(user(), 20);
        }
        Actor late = user();
        busy(late, "The node has");
        busy(late, "The node has");
    }
}
