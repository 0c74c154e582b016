package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final String MANIFEST =
            """
            {"id": "thing", "main_class": "a.Thing", "name": "Thing", "version": "1.0.0", "permissions": ["events:publish"]}
            """;

    private static final Configuration ALLOWING =
            Configuration.read(name -> name.equals("SPACE_PLUGIN_UNSIGNED") ? "allow" : null);
    private static final Configuration REFUSING = Configuration.read(name -> null);

    @TempDir
    private Path folder;

    /** Operations forbidden to plugins, to be compiled and fenced. */
    static final class Exiting {

        private Exiting() {}

        static void exit() {
            System.exit(3);
        }

        static void halt() {
            Runtime.getRuntime().halt(3);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    private Path archive() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("plugin.json", MANIFEST.getBytes(StandardCharsets.UTF_8));
        files.put(
                "lib/thing.jar",
                zip(Map.of(Exiting.class.getName().replace('.', '/') + ".class", bytes(Exiting.class))));
        return Files.write(folder.resolve("thing.zip"), zip(files));
    }

    @Test
    void unsignedOnesAreTakenOnlyWhereTheyAreAllowed() throws IOException {
        Archive archive = Archive.verify(archive(), ALLOWING);
        assertThat(archive.publisher()).isNull();
        assertThat(archive.manifest().id()).isEqualTo("thing");
        assertThat(archive.sha256()).matches("[0-9a-f]{64}");
        assertThatThrownBy(() -> Archive.verify(archive(), REFUSING))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(PluginError.SIGNATURE_INVALID));
    }

    /** What would end these tests' own process throws instead. */
    @Test
    void waysToEndTheProcessAreWalledUp() throws Exception {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Archive.verify(archive(), ALLOWING).unpack(unpacked);
        URL jar = unpacked.resolve("lib/thing.jar").toUri().toURL();
        try (OwnFirst loader = new OwnFirst(jar)) {
            Class<?> fenced = loader.own(Exiting.class.getName());
            for (String way : new String[] {"exit", "halt"}) {
                var method = fenced.getDeclaredMethod(way);
                method.setAccessible(true);
                assertThatThrownBy(() -> method.invoke(null))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(SecurityException.class);
            }
        }
    }

    /** Finds its own classes only by {@link #own}. */
    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(URL jar) {
            super(new URL[] {jar}, ArchiveTest.class.getClassLoader());
        }

        Class<?> own(String name) throws ClassNotFoundException {
            return findClass(name);
        }
    }

    @Test
    void aJarThatIsNotTouchedComesOutTheSame() throws IOException {
        byte[] jar = zip(Map.of("words.txt", "words".getBytes(StandardCharsets.UTF_8)));
        Path copy = folder.resolve("copy.jar");
        try (OutputStream out = Files.newOutputStream(copy)) {
            Fence.copy(new ByteArrayInputStream(jar), out);
        }
        try (var loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null);
                InputStream in = loader.getResourceAsStream("words.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("words");
        }
    }

    @Test
    void manifestsSayWhatIsWrongWithThem() {
        assertThatThrownBy(() -> Manifest.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
        assertThatThrownBy(() -> Manifest.read("[1]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("malformed");
        assertThatThrownBy(() -> Manifest.read(
                        MANIFEST.replace("\"thing\"", "\"pg_thing\"").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reserved");
        Manifest manifest = Manifest.read(MANIFEST.getBytes(StandardCharsets.UTF_8));
        assertThat(Manifest.read(manifest.text().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(manifest);
    }

    @Test
    void everyStateLeadsSomewhereAndNoneToItself() {
        for (PluginState state : PluginState.values()) {
            assertThat(state.next()).isNotEmpty().doesNotContain(state, PluginState.INSTALLED);
            assertThat(PluginState.of(state.text())).isEqualTo(state);
        }
    }
}
