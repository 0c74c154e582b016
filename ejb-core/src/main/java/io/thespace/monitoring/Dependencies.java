package io.thespace.monitoring;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.access.Authentication;
import io.thespace.memory.Embeddings;
import io.thespace.migration.Migrations;
import io.thespace.plugin.PluginHealthView;
import io.thespace.plugin.PluginView;
import io.thespace.plugin.Plugins;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Everything that the node depends on, as checks. */
@ApplicationScoped
class Dependencies {

    static final String DATABASE = "database";
    static final String REDIS = "redis";
    static final String MIGRATIONS = "migrations";
    static final String SIGNING_KEYS = "signing_keys";
    static final String EVENTS = "events";

    /** Before the name of a plugin's check. */
    static final String PLUGIN = "plugin:";

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final String SEE_DATABASE =
            "Look whether PostgreSQL runs, takes connections from this node, and is not short of disk or locked up.";

    private Probes probes;
    private Redis redis;
    private Authentication authentication;
    private Migrations migrations;
    private Plugins plugins;
    private Embeddings embeddings;

    Dependencies() {}

    @Inject
    Dependencies(
            Probes probes,
            Redis redis,
            Authentication authentication,
            Migrations migrations,
            Plugins plugins,
            Embeddings embeddings) {
        this.probes = probes;
        this.redis = redis;
        this.authentication = authentication;
        this.migrations = migrations;
        this.plugins = plugins;
        this.embeddings = embeddings;
    }

    /** Returns the checks of the platform's services. */
    public List<Check> ofServices(UUID orgId) {
        List<Check> checks = new ArrayList<>(List.of(
                new Check(DATABASE, true, LONG, SEE_DATABASE, probes::roundTrip),
                new Check(EVENTS, true, LONG, SEE_DATABASE, () -> probes.writing(orgId)),
                new Check(MIGRATIONS, true, LONG, SEE_DATABASE, () -> probes.migrations(migrations.shipped())),
                new Check(REDIS, false, SHORT, "Look whether Redis runs and takes connections from this node.", () -> {
                    long start = System.nanoTime();
                    boolean answers = redis.answers();
                    return Thresholds.redis(answers, (System.nanoTime() - start) / 1_000_000);
                }),
                new Check(
                        SIGNING_KEYS,
                        true,
                        LONG,
                        "Put a key into SPACE_HOME/keys (./deploy.sh rotate-keys makes one), and see that the database"
                                + " answers.",
                        () -> Thresholds.signed(authentication.proveKeys()))));
        if (embeddings.configured()) {
            checks.add(new Check(
                    "embeddings",
                    false,
                    SHORT,
                    "Look at the log.",
                    () -> Thresholds.embeddings(embeddings.problem().orElse(null))));
        }
        return checks;
    }

    /** Returns the further checks of the node. */
    public List<Check> ofNode() {
        return List.of(
                new Check("database_connections", true, LONG, SEE_DATABASE, probes::connections),
                new Check("search", false, LONG, SEE_DATABASE, probes::searching),
                new Check("clock", true, LONG, SEE_DATABASE, probes::clock),
                new Check(
                        "disk_home",
                        true,
                        SHORT,
                        "Look whether the disk of SPACE_HOME is mounted and answers.",
                        () -> disk("SPACE_HOME", Configuration.get().get(Key.HOME))),
                new Check(
                        "disk_tmp",
                        true,
                        SHORT,
                        "Look whether the disk of the temporary folder is mounted and answers.",
                        () -> disk("the temporary folder", Path.of(System.getProperty("java.io.tmpdir")))),
                new Check("heap", true, SHORT, "Look at the node's memory.", Dependencies::heap));
    }

    /** A plugin that is meant to answer. */
    public Check of(PluginView plugin) {
        String id = plugin.id();
        return new Check(
                PLUGIN + id,
                false,
                SHORT,
                "The plugin's own check hangs or fails: look at the log, and disable %s if others suffer from it."
                        .formatted(id),
                () -> {
                    PluginHealthView health = plugins.health(id);
                    return Thresholds.plugin(id, "ok".equals(health.status()), health.reason());
                });
    }

    private static Judgement disk(String what, Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return Thresholds.disk(what, disk.getUsableSpace(), disk.getTotalSpace());
    }

    private static Judgement heap() {
        MemoryUsage now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long survived = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage != null)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        long most = now.getMax() > 0 ? now.getMax() : Runtime.getRuntime().maxMemory();
        return Thresholds.heap(survived, now.getUsed(), most);
    }
}
