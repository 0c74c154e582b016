package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin's life on a running server. */
class PluginsIT {

    private static final String ID = "notice_board";
    private static final String NOTICES = "/api/plugins/notice_board/notices";
    private static final Duration SECOND = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final Fixtures fixtures = stage.fixtures();
    private final UUID org = fixtures.organization();
    private final Caller admin = stage.space().as(fixtures.admin(org));
    private final Caller user = stage.space().as(fixtures.user(org));
    private final ControlCenter center = new ControlCenter(admin);

    @BeforeEach
    @AfterEach
    void clear() {
        center.clear(ID);
    }

    @Test
    void aPluginIsInstalledCalledDisabledAndRemoved() {
        JsonNode installed =
                center.install(PluginZip.example().signed()).is(200).json();
        assertThat(installed.path("state").asText()).isEqualTo("installed");
        assertThat(installed.path("signature").asText()).isEqualTo("tests");
        assertThat(installed.path("permissions")).extracting(JsonNode::asText).contains("database:schema");
        user.get(NOTICES).refused(404);
        assertThat(schemas()).as("nothing runs before it is enabled").isEmpty();

        assertThat(center.enable(ID).refused(409)).contains("database:schema", "grant");
        admin.post(
                        ControlCenter.PATH + "/enable",
                        "plugin_id",
                        ID,
                        "grant",
                        List.of("database:schema", "events:publish", "events:subscribe"))
                .is(200);
        String notice =
                user.post(NOTICES, "title", "First", "text", "Hello").is(201).text("id");
        assertThat(user.get(NOTICES).is(200).get("items")).hasSize(1);
        assertThat(admin.get("/api/control-center/events?plugin=" + ID)
                        .is(200)
                        .get("items")
                        .get(0)
                        .path("subject")
                        .asText())
                .isEqualTo(notice);
        Caller stranger = stage.space().as(fixtures.user(fixtures.organization()));
        assertThat(stranger.get(NOTICES).is(200).get("items")).isEmpty();
        stranger.call("DELETE", NOTICES + "/" + notice).refused(404);

        assertThat(paths()).anyMatch(path -> path.startsWith(NOTICES));
        assertThat(user.get("/api/plugins/" + ID + "/endpoints").is(200).json()).isNotEmpty();

        center.disable(ID).is(200);
        user.get(NOTICES).refused(404);
        assertThat(paths()).noneMatch(path -> path.startsWith(NOTICES));
        assertThat(user.get("/api/plugins/" + ID + "/endpoints").is(200).json()).isEmpty();

        center.enable(ID).is(200);
        assertThat(user.get(NOTICES).is(200).get("items"))
                .as("disabling keeps the data")
                .hasSize(1);

        center.uninstall(ID, "keep").is(200);
        assertThat(center.state(ID)).isEqualTo("absent");
        assertThat(schemas()).hasSize(1);
        center.run(PluginZip.example()).is(200);
        assertThat(user.get(NOTICES).is(200).get("items"))
                .as("kept data is found again")
                .hasSize(1);

        String export = center.uninstall(ID, "export").is(200).text("export");
        assertThat(schemas()).isEmpty();
        Answer zip = admin.get(export).is(200);
        assertThat(zip.header("Content-Type")).contains("application/zip");
        user.get(export).refused(403);
        assertThat(events("plugin_installed", "plugin_enabled", "plugin_disabled", "plugin_uninstalled"))
                .isTrue();
    }

    private boolean events(String... types) {
        List<String> there = new ArrayList<>();
        admin.get("/api/control-center/events?limit=100")
                .is(200)
                .get("items")
                .forEach(event -> there.add(event.path("type").asText()));
        return there.containsAll(List.of(types));
    }

    private List<String> schemas() {
        return stage.database().query("select nspname from pg_namespace where nspname = ?", ID);
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        admin.get("/api/openapi").is(200).get("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    @Test
    void anUpgradeUnderLoadFailsNobody() throws Exception {
        center.run(PluginZip.example()).is(200);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> clients = new ArrayList<>();
        for (String path : List.of(NOTICES, Business.PATH + "/accounts")) {
            for (int i = 0; i < 3; i++) {
                clients.add(threads.submit((Callable<Void>) () -> {
                    while (!over.get()) {
                        Answer answer = user.get(path);
                        answered.incrementAndGet();
                        if (answer.status() != 200) {
                            failures.add(answer.toString());
                        }
                    }
                    return null;
                }));
            }
        }
        try {
            for (int version = 1; version <= 3; version++) {
                int before = answered.get();
                Patience.within(SECOND, () -> assertThat(answered.get()).isGreaterThan(before + 50));
                center.install(PluginZip.example()
                                .version("1." + version + ".0")
                                .signed())
                        .is(200);
            }
            int before = answered.get();
            Patience.within(SECOND, () -> assertThat(answered.get()).isGreaterThan(before + 50));
        } finally {
            over.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        for (Future<?> client : clients) {
            client.get();
        }
        assertThat(failures).isEmpty();
        JsonNode plugin = center.find(ID);
        assertThat(plugin.path("version").asText()).isEqualTo("1.3.0");
        assertThat(plugin.path("versions"))
                .as("the last three archives are kept")
                .hasSize(3);
    }

    @Test
    void aPluginWhoseEndpointsBreakIsNotLetIn() {
        PluginZip withoutTable = PluginZip.example().withoutInJar("lib/example-plugin.jar", "db/migration/");
        assertThat(center.run(withoutTable).refused(409)).contains("step probe", "GET " + NOTICES);
        assertThat(center.state(ID)).isEqualTo("installed");
        user.get(NOTICES).refused(404);
    }

    @Test
    void anUpgradeThatAsksForMoreMustBeGrantedAgain() {
        center.install(
                        PluginZip.example().signed(),
                        "grant",
                        "database:schema,events:publish,events:subscribe",
                        "enable",
                        "true")
                .is(200);
        byte[] asking = PluginZip.example()
                .version("1.1.0")
                .manifest(json -> json.withArray("permissions").add("directory:read"))
                .signed();
        assertThat(center.install(asking).refused(409)).contains("directory:read");
        assertThat(center.find(ID).path("version").asText()).isEqualTo("1.0.0");
        center.install(asking, "grant", "directory:read").is(200);
        assertThat(center.find(ID).path("version").asText()).isEqualTo("1.1.0");
    }

    @Test
    void versionsGoForwardOnly() {
        byte[] first = PluginZip.example().version("1.1.0").signed();
        center.install(first, "grant", ControlCenter.ALL, "enable", "true").is(200);
        center.install(first).is(200);
        assertThat(center.install(PluginZip.example().signed()).refused(409)).contains("1.1.0");
        byte[] other = PluginZip.example()
                .version("1.1.0")
                .manifest(json -> json.put("description", "Another."))
                .signed();
        assertThat(center.install(other).refused(409)).contains("higher version");
    }

    @Test
    void onlyWhatATrustedPublisherSignedIsInstalled() {
        PluginZip example = PluginZip.example();
        assertThat(center.install(example.unsigned()).refused(400)).contains("SPACE_PLUGIN_UNSIGNED");
        assertThat(center.install(example.signed("nobody")).refused(400)).contains("nobody");
        assertThat(center.install(example.tampered()).refused(400)).contains("changed after it was signed");
        assertThat(center.state(ID)).isEqualTo("absent");
    }

    @Test
    void whatIsNeededMustBeThere() {
        PluginZip example = PluginZip.example();
        assertThat(center.install(example.manifest(json -> json.put("requires", ">=99.0.0"))
                                .signed())
                        .refused(409))
                .contains(">=99.0.0");
        assertThat(center.install(example.manifest(
                                        json -> json.withArray("dependencies").add("absent_plugin"))
                                .signed())
                        .refused(409))
                .contains("absent_plugin");
        assertThat(center.install(example.manifest(
                                        json -> json.withArray("dependencies").add("financial_business@>=9.0.0"))
                                .signed())
                        .refused(409))
                .contains("financial_business");
        assertThat(center.install(example.manifest(
                                        json -> json.withArray("dependencies").add(ID))
                                .signed())
                        .refused(409))
                .contains(ID);
        assertThat(center.state(ID)).isEqualTo("absent");
    }

    @Test
    void whatIsDependedOnStays() {
        center.run(PluginZip.example()
                        .manifest(json -> json.withArray("dependencies").add("financial_business")))
                .is(200);
        assertThat(center.disable("financial_business").refused(409)).contains(ID);
        user.get(Business.PATH + "/accounts").is(200);
    }

    @Test
    void aBundledPluginIsSwitchedButNotReplacedOrRemoved() {
        assertThat(center.uninstall("financial_business", "purge").refused(409)).contains("part of the platform");
        assertThat(center.install(PluginZip.example()
                                .manifest(json ->
                                        json.put("id", "financial_business").put("version", "9.0.0"))
                                .signed())
                        .refused(409))
                .contains("part of the platform");
        center.disable("financial-business").is(200);
        try {
            user.get(Business.PATH + "/accounts").refused(404);
        } finally {
            center.enable("financial_business").is(200);
        }
        user.get(Business.PATH + "/accounts").is(200);
    }

    @Test
    void onlyAdministratorsChangePlugins() {
        new ControlCenter(user).install(PluginZip.example().signed()).refused(403);
        new ControlCenter(stage.space().anonymous())
                .install(PluginZip.example().signed())
                .refused(401);
        assertThat(center.state(ID)).isEqualTo("absent");
    }

    @Test
    void whereAnArchiveComesFromMustBeAllowed() {
        assertThat(admin.post(
                                ControlCenter.PATH + "/install",
                                "url",
                                "http://169.254.169.254/plugin.zip",
                                "sha256",
                                HexFormat.of().formatHex(new byte[32]))
                        .refused(400))
                .contains("SPACE_PLUGIN_SOURCES");
        assertThat(admin.post(ControlCenter.PATH + "/install", "url", "https://example.com/p.zip")
                        .refused(400))
                .contains("sha256");
        assertThat(admin.post(ControlCenter.PATH + "/install", "plugin_id", ID).refused(400))
                .contains("SPACE_PLUGIN_CATALOGUE");
        admin.post(ControlCenter.PATH + "/install").refused(400);
    }
}
