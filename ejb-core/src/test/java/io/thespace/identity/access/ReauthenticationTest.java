package io.thespace.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReauthenticationTest {

    private static final UUID ORG = UUID.randomUUID();

    private final Actor first = caller(ORG);
    private final Actor second = caller(ORG);
    private final Actor stranger = caller(UUID.randomUUID());
    private final List<Actor> connections = new ArrayList<>(List.of(first, second, stranger));
    private final List<Actor> checked = new ArrayList<>();
    private final List<Runnable> queue = new ArrayList<>();
    private Runnable during = () -> {};
    private boolean full;
    private final Reauthentication<Actor> reauthentication =
            new Reauthentication<>(() -> connections, actor -> actor, this::check, task -> !full && queue.add(task));

    private void check(Actor actor) {
        checked.add(actor);
        during.run();
    }

    private static Actor caller(UUID orgId) {
        return new Actor(orgId, UUID.randomUUID(), Role.USER, UUID.randomUUID(), "request-1", null, null, false);
    }

    @Test
    void theConnectionsOfAnOrganizationAreCheckedOnceForNotificationsThatWait() {
        reauthentication.accessReduced(ORG);
        reauthentication.accessReduced(ORG);

        assertThat(checked).isEmpty();
        assertThat(queue).hasSize(1);
        queue.get(0).run();
        assertThat(checked).containsExactly(first, second);

        reauthentication.accessReduced(ORG);
        assertThat(queue).hasSize(2);
    }

    @Test
    void aChangeDuringTheChecksIsCheckedOnceMore() {
        connections.remove(second);
        during = () -> reauthentication.accessReduced(ORG);
        reauthentication.accessReduced(ORG);
        queue.remove(0).run();

        during = () -> {};
        assertThat(queue).hasSize(1);
        queue.remove(0).run();
        assertThat(checked).containsExactly(first, first);
    }

    @Test
    void whatFoundNoPlaceInTheQueueIsTakenTheNextTime() {
        full = true;
        reauthentication.accessReduced(ORG);
        assertThat(queue).isEmpty();

        full = false;
        reauthentication.accessReduced(ORG);
        assertThat(queue).hasSize(1);
    }

    @Test
    void withoutConnectionsNothingIsQueued() {
        connections.clear();
        reauthentication.accessReduced(ORG);
        assertThat(queue).isEmpty();
    }

    @Test
    void theConnectionsOfASignInAreChecked() {
        reauthentication.signInEnded(second.signInId());
        assertThat(checked).containsExactly(second);
    }

    @Test
    void allConnectionsAreChecked() {
        reauthentication.all();
        assertThat(checked).containsExactly(first, second, stranger);
    }
}
