package io.thespace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** A plugin's project for its author: a table and two endpoints that build, pass their tests and can be installed. */
final class NewPlugin {

    /** Names that the platform refuses in a plugin.json. */
    private static final Set<String> RESERVED = Set.of("core", "public", "information_schema", "catalog", "system");

    private static final List<String> SOURCES = List.of("Items", "ItemOrder", "ItemView", "ItemAdded", "ItemError");

    private final Path checkout;
    private final String id;

    /**
     * A plugin to create.
     *
     * @param checkout the checkout in which the platform was built
     * @throws LaunchFailure for an invalid id
     */
    NewPlugin(Path checkout, String id) {
        if (!id.matches("[a-z][a-z0-9_]{1,47}")) {
            throw new LaunchFailure("\"" + id + "\" is no plugin id. It takes 2 to 48 lower-case letters, digits and _,"
                    + " and begins with a letter; for example customer_notes.");
        }
        if (RESERVED.contains(id) || id.startsWith("pg_")) {
            throw new LaunchFailure("The id " + id + " is reserved. Choose another one.");
        }
        this.checkout = checkout;
        this.id = id;
    }

    /** The folder's name when none is given. */
    String name() {
        return id.replace('_', '-').replaceAll("-+$", "");
    }

    /**
     * Makes the project; its folder is there with everything in it or not at all.
     *
     * @throws LaunchFailure when there is something already
     */
    void make(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new LaunchFailure(
                    folder + " is there already. Name another folder: ./deploy.sh new-plugin " + id + " <folder>");
        }
        if (!Files.isDirectory(place.getParent())) {
            throw new LaunchFailure("There is no folder " + place.getParent() + " to make it in.");
        }
        Path staging = place.resolveSibling(
                "." + place.getFileName() + ".new-" + ProcessHandle.current().pid());
        try {
            fill(staging);
            Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot make " + folder + " (" + e + ").", e);
        } finally {
            PrivateFiles.delete(staging);
        }
    }

    private void fill(Path folder) throws IOException {
        String type = camelCase() + "Plugin";
        String word = id.replace("_", "");
        String last = SourceVersion.isKeyword(word) ? word + "plugin" : word;
        Map<String, String> values = versions();
        values.put("id", id);
        values.put("name", name());
        values.put("title", title());
        values.put("Type", type);
        values.put("package", "com.example." + last);
        values.put("release", values.get("space").replaceFirst("-.*", ""));

        write(folder, "pom.xml", "pom.xml", values);
        write(folder, "README.md", "README.md", values);
        write(folder, "gitignore", ".gitignore", values);
        write(folder, "maven.config", ".mvn/maven.config", values);
        write(folder, "assembly.xml", "src/main/assembly/plugin.xml", values);
        write(folder, "plugin.json", "src/main/plugin/plugin.json", values);
        write(folder, "V1__item.sql", "src/main/resources/db/migration/" + id + "/V1__item.sql", values);
        String java = "src/main/java/com/example/" + last + "/";
        write(folder, "Plugin.java", java + type + ".java", values);
        for (String source : SOURCES) {
            write(folder, source + ".java", java + source + ".java", values);
        }
        write(folder, "PluginTest.java", java.replace("main", "test") + type + "Test.java", values);

        copy(checkout.resolve("mvnw"), folder.resolve("mvnw"));
        PrivateFiles.copy(checkout.resolve(".mvn/wrapper"), folder.resolve(".mvn/wrapper"));
        String version = values.get("space");
        bring(folder, version, "the-space", "pom.xml", null);
        bring(folder, version, "plugin-modules", "plugin-modules/pom.xml", null);
        for (String module : List.of("plugin-api", "plugin-contract")) {
            String from = "plugin-modules/" + module;
            bring(folder, version, module, from + "/pom.xml", from + "/target/" + module + ".jar");
        }
        // The contract runs the platform's own pipeline.
        for (String module : List.of("platform-lib", "ejb-core")) {
            bring(folder, version, module, module + "/pom.xml", module + "/target/" + module + "-" + version + ".jar");
        }
    }

    /** Puts one of the platform's artifacts into the project's repository. */
    private void bring(Path folder, String version, String artifact, String pom, String jar) throws IOException {
        Path target = folder.resolve("repository/io/thespace").resolve(artifact).resolve(version);
        String name = artifact + "-" + version;
        copy(checkout.resolve(pom), target.resolve(name + ".pom"));
        if (jar != null) {
            Path built = checkout.resolve(jar);
            if (!Files.isRegularFile(built)) {
                throw new LaunchFailure(built + " is not built yet: run ./deploy.sh new-plugin, which builds it.");
            }
            copy(built, target.resolve(name + ".jar"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void write(Path folder, String template, String file, Map<String, String> values)
            throws IOException {
        String text = template(template);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static String template(String name) throws IOException {
        try (InputStream in = NewPlugin.class.getResourceAsStream("plugin/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The launcher has no template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = NewPlugin.class.getResourceAsStream("plugin/versions.properties")) {
            versions.load(in);
        }
        Map<String, String> values = new HashMap<>();
        versions.forEach((key, value) -> values.put((String) key, (String) value));
        return values;
    }

    private String camelCase() {
        return Arrays.stream(id.split("_+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private String title() {
        String words = id.replaceAll("_+", " ").strip();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
