package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final UUID ORG = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();

    private static byte[] of(UUID agentId) throws Exception {
        Actor actor = new Actor(ORG, USER, Role.USER, null, "r", null, null, false, agentId, Set.of(), null);
        Route route = new Route(
                "/x",
                Mount.of("X"),
                Endpoint.post("/x").summary("X").open().idempotent().handler(call -> null));
        return new Fingerprint(new CallContext(route, actor, Request.of(Map.of())), Map.of("a", 1)).ofRequest();
    }

    @Test
    void requestsOfTwoAgentsOfOneUserDiffer() throws Exception {
        UUID agent = UUID.randomUUID();

        assertThat(of(agent)).isEqualTo(of(agent));
        assertThat(of(agent)).isNotEqualTo(of(UUID.randomUUID())).isNotEqualTo(of(null));
        assertThat(of(null)).isEqualTo(of(null));
    }
}
