package io.thespace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
