package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official conformance suite of the Model Context Protocol, with the frozen requirements of both revisions. It runs where
 * {@link NodeTools} are.
 */
class McpConformanceIT {

    private static final Pattern PASSED = Pattern.compile("✓ ([a-z0-9-]+): [1-9]\\d* passed, 0 failed");

    /** The suite gives the server 800 ms for the first message of a stream of changes, which a busy machine can exceed. */
    private static final Set<String> HURRIED = Set.of("server-stateless");

    private static final int MAX_RUNS = 3;

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = stage.space().as(adminPerson);
    private final ControlCenter center = new ControlCenter(admin);
    private NodeTools node;
    private Process proxy;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        node = NodeTools.orSkip();
        center.clear("failing_plugin");
        center.run(PluginZip.failing()).is(200);
        Path script = directory.resolve("proxy.mjs");
        try (InputStream in = getClass().getResourceAsStream("conformance-proxy.mjs")) {
            Files.copy(in, script);
        }
        ProcessBuilder program =
                node.node(script, String.valueOf(stage.space().base().getPort()));
        program.environment().put("TOKEN", token());
        proxy = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private String token() {
        return stage.space()
                .login(adminPerson.email(), Fixtures.PASSWORD)
                .is(200)
                .text("access_token");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (proxy != null) {
            proxy.destroy();
            proxy.waitFor();
            center.clear("failing_plugin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void theServerConformsToARevision(String revision) throws IOException, InterruptedException {
        BufferedReader said = new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8));
        String url = "http://localhost:" + said.readLine() + McpClient.PATH;
        Set<String> failed = required(revision);
        String report;
        int runs = 0;
        do {
            report = report(url, revision);
            failed.removeAll(passed(report));
        } while (failed.equals(HURRIED) && ++runs < MAX_RUNS);
        assertThat(failed).as(report).isEmpty();
    }

    private String report(String url, String revision) throws IOException, InterruptedException {
        Path results = Files.createTempDirectory(directory, "results");
        String report = NodeTools.output(node.node(
                        node.file("@modelcontextprotocol/conformance/dist/index.js"),
                        "server",
                        "--url",
                        url,
                        "--requirements",
                        revision,
                        "--output-dir",
                        results.toString())
                .directory(directory.toFile()));
        System.out.println(failures(results));
        return report;
    }

    /** The suite's output for each failed check, for the log. */
    private static String failures(Path results) throws IOException {
        StringBuilder failures = new StringBuilder();
        try (Stream<Path> files = Files.walk(results)) {
            for (Path file :
                    files.filter(one -> one.endsWith("checks.json")).sorted().toList()) {
                for (JsonNode check : Json.read(Files.readString(file))) {
                    if (check.path("status").asText().equals("FAILURE")) {
                        failures.append("%s: %s: %.300s%n"
                                .formatted(
                                        file.getParent().getFileName(),
                                        check.path("id").asText(),
                                        check.path("errorMessage").asText()));
                    }
                }
            }
        }
        return failures.toString();
    }

    /** The scenarios that a revision requires of servers. */
    private Set<String> required(String revision) throws IOException {
        Path set = node.file("@modelcontextprotocol/conformance/requirements/" + revision + ".yaml");
        Set<String> required = new TreeSet<>();
        boolean ofServers = false;
        for (String line : Files.readAllLines(set)) {
            if (line.matches("\\w+:")) {
                ofServers = line.equals("server:");
            } else if (ofServers && line.startsWith("  - ")) {
                required.add(line.substring("  - ".length()).strip());
            }
        }
        assertThat(required).contains("tools-list");
        return required;
    }

    /** The scenarios of a report that passed. */
    private static Set<String> passed(String report) {
        return PASSED.matcher(report).results().map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
