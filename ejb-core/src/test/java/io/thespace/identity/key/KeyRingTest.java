package io.thespace.identity.key;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    @Test
    void whoAsksForTheKeyWhileTheNodeStartsIsToldSoAndDoesNotWait() {
        KeyRing keys = new KeyRing(new SigningKeys() {
            @Override
            public boolean publish(Actor actor, String kid, byte[] publicKey) {
                throw new AssertionError("In a server this call waits until the start is over");
            }
        });
        assertThatThrownBy(keys::signer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The node is starting");
    }
}
