package io.thespace.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPairFileTest {

    @TempDir
    Path folder;

    @Test
    void keysComeByNameAndTheNewestLast() throws Exception {
        TestKeys.write(folder, "202602.pem", TestKeys.SECOND);
        TestKeys.write(folder, "202601.pem", TestKeys.FIRST);
        Files.writeString(folder.resolve("notes.txt"), "not a key");
        assertThat(KeyPairFile.readAll(folder)).extracting(KeyPairFile::kid).containsExactly("202601", "202602");
        assertThat(KeyPairFile.readAll(folder).get(1).publicKey()).isEqualTo(TestKeys.SECOND.publicKey());
    }

    @Test
    void withoutKeysASentenceNamesTheFolder() {
        for (Path without : List.of(folder, folder.resolve("absent"))) {
            assertThatThrownBy(() -> KeyPairFile.readAll(without))
                    .hasMessageContainingAll("SPACE_HOME/keys", "Put an RSA private key");
        }
    }

    @Test
    void aFileThatIsNoKeyIsNamed() throws Exception {
        Files.writeString(folder.resolve("odd.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> KeyPairFile.readAll(folder)).hasMessageContaining("SPACE_HOME/keys/odd.pem");
        Files.writeString(folder.resolve("odd.pem"), "hello");
        assertThatThrownBy(() -> KeyPairFile.readAll(folder)).hasMessageContaining("SPACE_HOME/keys/odd.pem");
    }
}
