package io.thespace.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class NpmArchiveTest {

    private static final String LONG = "x".repeat(1_000);

    @Test
    void aFileIsFoundBehindOthers() throws IOException, GeneralSecurityException {
        byte[] archive = archive("package/package.json", LONG, "package/bin/esbuild", "executable");

        assertThat(NpmArchive.of("a", archive, sha512(archive)).file("package/bin/esbuild"))
                .asString()
                .isEqualTo("executable");
    }

    @Test
    void aMissingFileIsNamed() throws IOException, GeneralSecurityException {
        byte[] archive = archive("package/package.json", LONG);

        assertThatThrownBy(() -> NpmArchive.of("a", archive, sha512(archive)).file("package/bin/esbuild"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("package/bin/esbuild");
    }

    @Test
    void anArchiveWithAnotherContentIsRefused() throws IOException, GeneralSecurityException {
        byte[] archive = archive("package/bin/esbuild", "executable");
        String other = sha512(archive("package/bin/esbuild", "another"));

        assertThatThrownBy(() -> NpmArchive.of("esbuild.tgz", archive, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("esbuild.tgz does not have the expected SHA-512");
    }

    @Test
    void everyPlatformHasTheSameEsbuild() {
        assertThat(NodeModules.ESBUILD_VERSION).isEqualTo(System.getProperty("esbuild.version"));
    }

    /** A gzipped tar archive of files: names and contents by turns. */
    private static byte[] archive(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream tar = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.US_ASCII);
                byte[] header = Arrays.copyOf(namesAndContents[i].getBytes(StandardCharsets.US_ASCII), 512);
                byte[] size = "%011o ".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(size, 0, header, 124, size.length);
                tar.write(header);
                tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
            }
            tar.write(new byte[1_024]);
        }
        return bytes.toByteArray();
    }

    private static String sha512(byte[] bytes) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
    }
}
