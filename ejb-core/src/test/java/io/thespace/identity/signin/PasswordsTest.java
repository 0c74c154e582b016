package io.thespace.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String hash = passwords.hash("correct horse battery");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches("correct horse battery", hash)).isTrue();
        assertThat(passwords.matches("correct horse batterz", hash)).isFalse();
        assertThat(passwords.hash("correct horse battery")).isNotEqualTo(hash);
    }

    /** RFC 8265, section 4.2.4: composed and decomposed, and spaces of all sorts; case and width stay. */
    @Test
    void spellingsThatLookAlikeAreOnePassword() {
        String hash = passwords.hash("\u00e9t\u00e9 \u00e0 la \u00c5land");
        assertThat(passwords.match("e\u0301te\u0301\u00a0a\u0300\u3000la\u2003A\u030aland", hash))
                .isEqualTo(Passwords.Match.CURRENT);
        assertThat(passwords.matches("\u00c9t\u00e9 \u00e0 la \u00c5land", hash))
                .isFalse();
        assertThat(passwords.matches("\uff45t\u00e9 \u00e0 la \u00c5land", hash))
                .isFalse();
        assertThatThrownBy(() -> passwords.hash("e\u0301".repeat(11))).isInstanceOf(Rejection.class);
    }

    /** As older versions made it: without a normal form. */
    private static String oldHash(String password) {
        byte[] hash = new byte[32];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(64)
                .withIterations(1)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=64,t=1,p=1$" + base64.encodeToString(new byte[16]) + "$" + base64.encodeToString(hash);
    }

    /** What an older version hashed: the password as it came. */
    @Test
    void oldHashesStillMatchTheirSpelling() {
        String typed = "cafe\u0301 au lait";
        String old = oldHash(typed);
        assertThat(passwords.match(typed, old)).isEqualTo(Passwords.Match.OUTDATED);
        assertThat(passwords.match("correct horse battery", oldHash("correct horse battery")))
                .isEqualTo(Passwords.Match.CURRENT);
        assertThat(passwords.match("caf\u00e9 au lait", passwords.hashOf(typed)))
                .isEqualTo(Passwords.Match.CURRENT);
    }

    /** The example in the reference implementation's README. */
    @Test
    void hashesAreThoseOfTheReferenceImplementation() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.matches("password", reference)).isTrue();
        assertThat(passwords.matches("passwort", reference)).isFalse();
    }

    @Test
    void nobodyHasAPasswordThatMatches() {
        assertThat(passwords.matches("anything at all", null)).isFalse();
    }

    @Test
    void aHashOfAnotherKindIsADefect() {
        assertThatThrownBy(() -> passwords.matches("x", "$2a$10$abc")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void elevenCharactersAreTooShort() {
        assertThatThrownBy(() -> passwords.hash("elevenchars"))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(IdentityError.PASSWORD_TOO_SHORT));
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() throws Exception {
        Passwords one = new Passwords(1, 60_000);
        ExecutorService pool = Executors.newFixedThreadPool(64);
        CountDownLatch begin = new CountDownLatch(1);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(pool.submit(() -> {
                    begin.await();
                    try {
                        return one.matches("anything at all", null);
                    } catch (Rejection e) {
                        assertThat(e.code()).isEqualTo(IdentityError.TOO_BUSY);
                        assertThat(e.code().kind()).isEqualTo(Kind.LIMITED);
                        return true;
                    }
                }));
            }
            begin.countDown();
            int refused = 0;
            for (Future<Boolean> answer : answers) {
                refused += answer.get(1, TimeUnit.MINUTES) ? 1 : 0;
            }
            assertThat(refused).isBetween(1, 64 - 17);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whoWaitsTooLongForATurnIsToldToComeBack() throws Exception {
        Passwords one = new Passwords(1, 1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(pool.submit(() -> {
                    try {
                        return one.matches("anything at all", null);
                    } catch (Rejection e) {
                        assertThat(e.code()).isEqualTo(IdentityError.TOO_BUSY);
                        assertThat(e.retryAfter()).isPositive();
                        return true;
                    }
                }));
            }
            int refused = 0;
            for (Future<Boolean> answer : answers) {
                refused += answer.get() ? 1 : 0;
            }
            assertThat(refused).isBetween(1, 7);
        } finally {
            pool.shutdownNow();
        }
    }
}
