package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    @TempDir
    Path home;

    @Test
    void makesOneKeyOnce() throws Exception {
        SigningKeys keys = new SigningKeys(home.resolve("keys"));
        keys.ensure();
        keys.ensure();
        assertThat(keys.ids()).hasSize(1).allMatch(id -> id.matches("\\d{8}T\\d{6}Z-[0-9a-f]{4}"));
        Path file = home.resolve("keys").resolve(keys.ids().get(0) + ".pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        String pem = Files.readString(file)
                .replace("-----BEGIN PRIVATE KEY-----", "")
                .replace("-----END PRIVATE KEY-----", "");
        RSAPrivateKey key = (RSAPrivateKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        assertThat(key.getModulus().bitLength()).isEqualTo(2048);
    }

    @Test
    void rotationAddsAKeyAndKeepsTheOld() {
        SigningKeys keys = new SigningKeys(home.resolve("keys"));
        keys.ensure();
        String first = keys.ids().get(0);
        String second = keys.rotate();
        assertThat(keys.ids()).containsExactlyInAnyOrder(first, second);
    }
}
