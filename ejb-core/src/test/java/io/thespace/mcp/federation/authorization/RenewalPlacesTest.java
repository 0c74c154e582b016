package io.thespace.mcp.federation.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.gateway.GatewayError;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many renewals run at once. */
class RenewalPlacesTest {

    private final RenewalPlaces places = new RenewalPlaces(Duration.ZERO);

    /** Each renewal begins while the one before it is under way. */
    private String renew(int count, String prefix, int servers) {
        return count == 0 ? "renewed" : places.in(prefix + count % servers, () -> renew(count - 1, prefix, servers));
    }

    private void assertFull(int count, int servers) {
        assertThatThrownBy(() -> renew(count, "server", servers))
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(GatewayError.UPSTREAM_FULL));
    }

    @Test
    void aServerHasSoManyPlacesAndTheNodeSoMany() {
        assertThat(renew(RenewalPlaces.MAX_OF_SERVER, "server", 1)).isEqualTo("renewed");
        assertFull(RenewalPlaces.MAX_OF_SERVER + 1, 1);
        assertThat(renew(RenewalPlaces.MAX_ON_NODE, "server", 4)).isEqualTo("renewed");
        assertFull(RenewalPlaces.MAX_ON_NODE + 1, 4);
    }

    @Test
    void aPlaceIsFreeAgainWhenARenewalFails() {
        for (int i = 0; i <= RenewalPlaces.MAX_ON_NODE; i++) {
            assertThatThrownBy(() -> places.in("server", () -> {
                        throw new IllegalStateException("no answer");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(renew(RenewalPlaces.MAX_OF_SERVER, "server", 1)).isEqualTo("renewed");
    }
}
