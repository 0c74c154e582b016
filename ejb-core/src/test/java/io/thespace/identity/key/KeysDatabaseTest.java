package io.thespace.identity.key;

import static io.thespace.identity.Together.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import jakarta.persistence.EntityManager;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Published keys and the platform's secrets, on a real PostgreSQL. */
class KeysDatabaseTest {

    private static final Actor ANYBODY = Actor.anonymous("test", null, null);

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(SigningKey.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void keysArePublishedOnceAndLiveWhileTheyAreSeen() throws Exception {
        byte[] first = TestKeys.FIRST.publicKey().getEncoded();
        byte[] second = TestKeys.SECOND.publicKey().getEncoded();
        assertThat(publish("a", first)).isTrue();
        assertThat(publish("a", first)).isTrue();
        assertThat(publish("a", second)).isFalse();
        assertThat(publish("b", second)).isTrue();
        assertThat(living()).containsExactly("a", "b");
        database.sql("update core.signing_keys set last_seen_at = now() - interval '1 day' where kid = 'a'");
        assertThat(living()).containsExactly("b");
        assertThat(publish("a", first)).isTrue();
        assertThat(living()).containsExactly("a", "b");
    }

    @Test
    void nodesAgreeOnASecret() throws Exception {
        List<String> seen = together(
                4,
                i -> database.in(
                        null, em -> HexFormat.of().formatHex(secrets(em).obtain(ANYBODY, "test"))));
        assertThat(seen.stream().distinct()).singleElement().satisfies(s -> assertThat(s)
                .hasSize(64));
    }

    private static boolean publish(String kid, byte[] key) {
        return database.in(null, em -> signingKeys(em).publish(ANYBODY, kid, key));
    }

    private static List<String> living() {
        return database.in(null, em -> signingKeys(em).living(ANYBODY)).stream()
                .map(SigningKeyView::kid)
                .toList();
    }

    private static SigningKeys signingKeys(EntityManager em) {
        SigningKeys signingKeys = new SigningKeys();
        signingKeys.em = em;
        return signingKeys;
    }

    private static PlatformSecrets secrets(EntityManager em) {
        PlatformSecrets secrets = new PlatformSecrets();
        secrets.em = em;
        return secrets;
    }
}
