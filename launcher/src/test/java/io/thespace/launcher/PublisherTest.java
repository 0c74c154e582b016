package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {

    @TempDir
    Path folder;

    private final Publisher acme = new Publisher("acme");

    @Test
    void thePrivateKeyIsItsOwnersOnly() throws IOException {
        String setting = acme.makeKey(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("acme.key"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("acme.pub")).content().isEqualTo(setting + "\n");
        assertThat(setting).startsWith("acme=");
    }

    @Test
    void aKeyIsNeverReplaced() throws IOException {
        acme.makeKey(folder);
        String before = Files.readString(folder.resolve("acme.key"));
        assertThatThrownBy(() -> acme.makeKey(folder))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("stays as it is");
        assertThat(folder.resolve("acme.key")).content().isEqualTo(before);
    }

    @Test
    void theSignatureCoversEveryFile() throws Exception {
        String setting = acme.makeKey(folder);
        Path zip = zip(Map.of("plugin.json", "{}", "lib/a.jar", "a", "ui/b.js", "b", "digests.sig", "of before"));

        assertThat(acme.sign(zip, folder.resolve("acme.key"))).isEqualTo(3);
        acme.sign(zip, folder.resolve("acme.key"));

        try (ZipFile signed = new ZipFile(zip.toFile())) {
            byte[] digests = bytes(signed, "digests.json");
            JsonNode json = Json.tree(new String(digests, StandardCharsets.UTF_8));
            assertThat(json.at("/publisher").asText()).isEqualTo("acme");
            assertThat(json.at("/files").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("plugin.json", "lib/a.jar", "ui/b.js");
            assertThat(json.at("/files").get("lib/a.jar").asText())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(signed, "lib/a.jar"))));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(setting.substring("acme=".length())))));
            signature.update(digests);
            assertThat(signature.verify(Base64.getDecoder().decode(bytes(signed, "digests.sig"))))
                    .isTrue();
        }
    }

    @Test
    void whatIsNoPluginStaysAsItIs() throws IOException {
        acme.makeKey(folder);
        Path zip = zip(Map.of("readme.txt", "no plugin"));
        byte[] before = Files.readAllBytes(zip);
        Path key = folder.resolve("acme.key");
        assertThatThrownBy(() -> acme.sign(zip, key)).hasMessageContaining("has no plugin.json");
        assertThat(zip).hasBinaryContent(before);

        Path text = Files.writeString(folder.resolve("text.zip"), "text");
        assertThatThrownBy(() -> acme.sign(text, key)).hasMessageContaining("is not a valid zip");
        assertThatThrownBy(() -> acme.sign(folder.resolve("none.zip"), key)).hasMessageContaining("There is no file");
        assertThatThrownBy(() -> acme.sign(zip, text)).hasMessageContaining("is not a private key");
        assertThatThrownBy(() -> acme.sign(zip, folder.resolve("none.key"))).hasMessageContaining("There is no file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a=b", "a,b", "../acme"})
    void aNameMustFitItsSetting(String name) {
        assertThatThrownBy(() -> new Publisher(name)).isInstanceOf(LaunchFailure.class);
    }

    private Path zip(Map<String, String> files) throws IOException {
        Path zip = folder.resolve("plugin.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
}
