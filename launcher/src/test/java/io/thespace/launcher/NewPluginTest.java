package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewPluginTest {

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void build() throws IOException {
        checkout = folder.resolve("checkout");
        String version = version();
        for (String file : List.of(
                "mvnw",
                "pom.xml",
                ".mvn/wrapper/maven-wrapper.properties",
                "platform-lib/pom.xml",
                "platform-lib/target/platform-lib-" + version + ".jar",
                "ejb-core/pom.xml",
                "ejb-core/target/ejb-core-" + version + ".jar",
                "plugin-modules/pom.xml",
                "plugin-modules/plugin-api/pom.xml",
                "plugin-modules/plugin-api/target/plugin-api.jar",
                "plugin-modules/plugin-contract/pom.xml",
                "plugin-modules/plugin-contract/target/plugin-contract.jar")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.writeString(checkout.resolve(file), file);
        }
    }

    /** The platform's version, which stands in the names of some of its artifacts. */
    private static String version() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = NewPlugin.class.getResourceAsStream("plugin/versions.properties")) {
            versions.load(in);
        }
        return versions.getProperty("space");
    }

    @Test
    void makesAProjectWithoutAPlaceholder() throws IOException {
        Path made = folder.resolve("made");
        new NewPlugin(checkout, "customer_notes").make(made);

        try (Stream<Path> files = Files.walk(made)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("{{", "}}"));
        }
        assertThat(Json.tree(Files.readString(made.resolve("src/main/plugin/plugin.json")))
                        .at("/main_class")
                        .asText())
                .isEqualTo("com.example.customernotes.CustomerNotesPlugin");
        assertThat(made.resolve("src/main/java/com/example/customernotes/CustomerNotesPlugin.java"))
                .content()
                .contains("package com.example.customernotes;", "class CustomerNotesPlugin implements Plugin");
        assertThat(made.resolve("src/test/java/com/example/customernotes/CustomerNotesPluginTest.java"))
                .exists();
        assertThat(made.resolve("src/main/resources/db/migration/customer_notes/V1__item.sql"))
                .exists();
        String version = version();
        for (String artifact : List.of("platform-lib", "plugin-api", "ejb-core", "plugin-contract")) {
            Path there = made.resolve("repository/io/thespace/" + artifact + "/" + version);
            assertThat(there.resolve(artifact + "-" + version + ".pom")).exists();
            assertThat(there.resolve(artifact + "-" + version + ".jar")).exists();
        }
        assertThat(made.resolve("pom.xml")).content().contains("<the-space.version>" + version + "<");
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aKeywordOfJavaIsAGoodIdAllTheSame() {
        Path made = folder.resolve("made");
        new NewPlugin(checkout, "import").make(made);
        assertThat(made.resolve("src/main/java/com/example/importplugin/ImportPlugin.java"))
                .content()
                .contains("package com.example.importplugin;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Notes", "customer-notes", "1st", "../notes", "core", "pg_notes", "a b"})
    void refusesAnIdThatThePlatformWouldRefuse(String id) {
        assertThatThrownBy(() -> new NewPlugin(checkout, id))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining(id);
    }

    @Test
    void leavesAnExistingFolderAsItIs() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        assertThatThrownBy(() -> new NewPlugin(checkout, "notes").make(there))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("is there already");
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        Files.delete(checkout.resolve("plugin-modules/plugin-contract/target/plugin-contract.jar"));
        assertThatThrownBy(() -> new NewPlugin(checkout, "notes").make(folder.resolve("made")))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("is not built yet");
        assertThat(folder.toFile().list()).containsExactly("checkout");
    }
}
