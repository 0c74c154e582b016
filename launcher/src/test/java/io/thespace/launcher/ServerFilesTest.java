package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerFilesTest {

    private static final String PACKAGE = "/io/thespace/server/grizzly/";

    /** Payara would close the connection, without a line in its log, when a class is missing. */
    @Test
    void theLibraryForPayaraHasEveryClass() throws Exception {
        List<String> packed = new ArrayList<>();
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(ServerFiles.edgeLibrary()))) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                packed.add(entry.getName().substring(PACKAGE.length() - 1));
            }
        }
        String gate =
                ServerFiles.class.getResource(PACKAGE + "RequestGate.class").toString();
        URI folder = URI.create(gate.substring(0, gate.lastIndexOf('/') + 1));
        assertThat(packed).containsExactlyInAnyOrderElementsOf(classes(folder));
    }

    private static List<String> classes(URI folder) throws Exception {
        if (!folder.getScheme().equals("jar")) {
            return names(Path.of(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
            return names(jar.getPath(PACKAGE));
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .toList();
        }
    }
}
