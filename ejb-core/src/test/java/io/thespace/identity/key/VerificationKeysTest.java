package io.thespace.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Rejection;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VerificationKeysTest {

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<Map<String, PublicKey>> there =
            new AtomicReference<>(Map.of("first", TestKeys.FIRST.publicKey()));

    private VerificationKeys keys(Duration fresh, Duration pause) {
        return new VerificationKeys(
                () -> {
                    fetches.incrementAndGet();
                    Map<String, PublicKey> now = there.get();
                    if (now == null) {
                        throw new IllegalStateException("away");
                    }
                    return now;
                },
                fresh,
                pause);
    }

    @Test
    void forgedKeyIdsDoNotHammerTheSource() {
        VerificationKeys keys = keys(Duration.ofHours(1), Duration.ofHours(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.find("forged-" + i)).isEmpty();
        }
        assertThat(keys.find("first")).contains(TestKeys.FIRST.publicKey());
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aNewKeyIsFoundAtTheNextLook() {
        VerificationKeys keys = keys(Duration.ofHours(1), Duration.ZERO);
        assertThat(keys.find("second")).isEmpty();
        there.set(Map.of("first", TestKeys.FIRST.publicKey(), "second", TestKeys.SECOND.publicKey()));
        assertThat(keys.find("second")).contains(TestKeys.SECOND.publicKey());
    }

    @Test
    void whileTheSourceIsAwayTheKeysOfBeforeStayGood() {
        VerificationKeys keys = keys(Duration.ZERO, Duration.ZERO);
        assertThat(keys.find("first")).isPresent();
        there.set(null);
        assertThat(keys.find("first")).isPresent();
    }

    @Test
    void withoutAnyKeysNobodyIsLetIn() {
        there.set(null);
        VerificationKeys keys = keys(Duration.ofHours(1), Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> keys.find("first"))
                    .isInstanceOfSatisfying(
                            Rejection.class, e -> assertThat(e.code()).isEqualTo(IdentityError.IDENTITY_UNAVAILABLE));
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aTokenWithoutKeyIdMeansTheOnlyKey() {
        VerificationKeys keys = keys(Duration.ofHours(1), Duration.ZERO);
        assertThat(keys.find(null)).contains(TestKeys.FIRST.publicKey());
        there.set(Map.of("first", TestKeys.FIRST.publicKey(), "second", TestKeys.SECOND.publicKey()));
        assertThat(keys(Duration.ofHours(1), Duration.ZERO).find(null)).isEmpty();
        there.set(Map.of(VerificationKeys.NAMELESS, TestKeys.SECOND.publicKey()));
        assertThat(keys(Duration.ofHours(1), Duration.ZERO).find("any")).contains(TestKeys.SECOND.publicKey());
    }
}
