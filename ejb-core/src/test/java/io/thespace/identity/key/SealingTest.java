package io.thespace.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealing with keys from files. */
class SealingTest {

    @TempDir
    Path folder;

    private Sealing sealing(String home) {
        return new Sealing(Sealing.file(folder.resolve(home)));
    }

    @Test
    void whatIsSealedOpensAtItsPlaceAlone() {
        byte[] sealed = sealing("a").seal("sk-secret", "model x");
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
        assertThat(sealing("a").seal("sk-secret", "model x")).isNotEqualTo(sealed);
        assertThat(sealing("a").open(sealed, "model x")).isEqualTo("sk-secret");
        assertThatThrownBy(() -> sealing("a").open(sealed, "model y")).hasMessageContaining("another place");
        assertThatThrownBy(() -> sealing("b").open(sealed, "model x")).hasMessageContaining("SPACE_SEALING_KEY");
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> sealing("a").open(sealed, "model x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealing("a").open(new byte[3], "model x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAUsableKeyACallersSecretIsRefused() {
        assertThatThrownBy(() -> new Sealing(new byte[3]).seal("sk-secret", "model x", IdentityError.TOO_MANY_ATTEMPTS))
                .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(IdentityError.TOO_MANY_ATTEMPTS))
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void theFileIsItsOwnersAndMustHoldAKey() throws Exception {
        Sealing.file(folder);
        Path file = folder.resolve("sealing.key");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
        Files.writeString(file, "short");
        assertThatThrownBy(() -> Sealing.file(folder)).hasMessageContaining("32 bytes in Base64");
    }
}
