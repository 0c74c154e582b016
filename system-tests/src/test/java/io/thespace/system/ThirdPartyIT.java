package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archives list every library that they bundle, with its licence. */
class ThirdPartyIT {

    /** For example {@code (MIT) Jedis (redis.clients:jedis:5.2.0 - https://…)}. */
    private static final Pattern ENTRY = Pattern.compile("\\(([^()]+)\\) .*\\([^:() ]+:([^: ]+):([^: ]+) - [^ ]+\\)");

    private final Set<String> bundled = new TreeSet<>();
    private final Set<String> listed = new TreeSet<>();
    private final List<String> lists = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"space.ear", "space.war"})
    void everyLibraryIsListed(String archive) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty(archive)))) {
            read(in);
        }

        assertThat(lists).contains("META-INF/THIRD-PARTY.txt", "META-INF/THIRD-PARTY-web.txt");
        assertThat(bundled).hasSizeGreaterThan(50);
        assertThat(listed).containsAll(bundled).anyMatch(library -> library.startsWith("swagger-ui-"));
    }

    private void read(InputStream archive) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (name.startsWith("META-INF/THIRD-PARTY")) {
                lists.add(name);
                new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::list);
            } else if (file.endsWith(".war")) {
                read(zip);
            } else if (file.endsWith(".jar") && !file.endsWith(Version.TEXT + ".jar")) {
                bundled.add(file.substring(0, file.length() - ".jar".length()));
            }
        }
    }

    private void list(String line) {
        ENTRY.matcher(line).results().forEach(entry -> {
            assertThat(entry.group(1)).as("%s", line).isNotEqualTo("Unknown license");
            listed.add(entry.group(2) + "-" + entry.group(3));
        });
    }
}
