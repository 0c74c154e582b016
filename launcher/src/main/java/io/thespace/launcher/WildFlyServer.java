package io.thespace.launcher;

import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** WildFly with a base folder in SPACE_HOME; its distribution is shared and never written to. */
final class WildFlyServer extends Server {

    private static final Duration CLI_LIMIT = Duration.ofMinutes(2);

    private final Path base;
    private final Path deployments;

    WildFlyServer(Instance instance) {
        super(instance, ServerKind.WILDFLY);
        this.base = instance.home().resolve("server/wildfly");
        this.deployments = base.resolve("deployments");
    }

    @Override
    Start prepare(Path archive) {
        Path distribution = layOut();
        PrivateFiles.folder(deployments);
        try {
            Files.copy(archive, deployments.resolve("the-space.ear"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(deployments.resolve("the-space.ear.dodeploy"), "");
        } catch (IOException e) {
            throw new LaunchFailure("Cannot copy " + archive + " to " + deployments + " (" + e + ").", e);
        }
        List<String> command = StandaloneCommandBuilder.of(distribution)
                .setJavaHome(Path.of(System.getProperty("java.home")))
                .setBaseDirectory(base)
                .setLogDirectory(instance().logs())
                .setJavaOptions(jvmOptions())
                .setBindAddressHint(instance().configuration().get(Key.HTTP_ADDRESS))
                .setBindAddressHint("management", "127.0.0.1")
                .addServerArgument(
                        "-Djboss.http.port=" + instance().configuration().get(Key.HTTP_PORT))
                .addServerArgument("-Djboss.management.http.port="
                        + instance().configuration().get(Key.ADMIN_PORT))
                .build();
        return new Start(command, base, null);
    }

    /**
     * Makes the base folder anew, all but the product's own data: nothing stale survives a killed server or a new version.
     *
     * @return the distribution
     */
    Path layOut() {
        Path distribution = Distribution.WILDFLY.in(instance().cache());
        Path configured = configured(distribution);
        PrivateFiles.delete(base);
        PrivateFiles.folder(base);
        PrivateFiles.copy(configured, base.resolve("configuration"));
        return distribution;
    }

    Path base() {
        return base;
    }

    @Override
    Optional<String> failure() {
        String failed = PrivateFiles.read(deployments.resolve("the-space.ear.failed"));
        return failed == null ? Optional.empty() : Optional.of("WildFly does not deploy the application.");
    }

    /** standalone.xml as our scripts leave it; made once per version of WildFly and of the scripts. */
    private Path configured(Path distribution) {
        String script = ServerFiles.text("wildfly/configure.cli");
        Map<String, String> pages = new TreeMap<>();
        for (String page : List.of("absent.json", "absent-management.json")) {
            pages.put(page, ServerFiles.text("wildfly/" + page));
        }
        Path done = instance()
                .cache()
                .resolve("wildfly-" + Distribution.WILDFLY.version() + "-configuration-"
                        + ServerFiles.fingerprint(script, pages.toString()).substring(0, 12));
        if (Files.isDirectory(done)) {
            return done;
        }
        System.out.println("Configuring WildFly (once) ...");
        Path staging = Distribution.staging(instance().cache(), "rwx------");
        try {
            PrivateFiles.copy(distribution.resolve("standalone/configuration"), staging.resolve("configuration"));
            Path scriptFile = staging.resolve("configure.cli");
            Files.writeString(scriptFile, script);
            cli(distribution, staging, distribution.resolve("docs/examples/enable-microprofile.cli"));
            cli(distribution, staging, scriptFile);
            PrivateFiles.delete(staging.resolve("configuration/standalone_xml_history"));
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(staging.resolve("configuration").resolve(page.getKey()), page.getValue());
            }
            PrivateFiles.install(staging.resolve("configuration"), done);
            return done;
        } catch (IOException e) {
            throw new LaunchFailure("Cannot configure WildFly in " + staging + " (" + e + ").", e);
        } finally {
            PrivateFiles.delete(staging);
        }
    }

    private static void cli(Path distribution, Path base, Path script) {
        Command.run(
                List.of(
                        Command.java(),
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=java.se",
                        "-Djboss.modules.system.pkgs=com.sun.java.swing",
                        "-Dlogging.configuration=file:" + distribution.resolve("bin/jboss-cli-logging.properties"),
                        "-Djboss.home.dir=" + distribution,
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.cli.config=" + distribution.resolve("bin/jboss-cli.xml"),
                        "-jar",
                        distribution.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        distribution.resolve("modules").toString(),
                        "org.jboss.as.cli",
                        "--file=" + script),
                base,
                Map.of("JBOSS_HOME", distribution.toString()),
                CLI_LIMIT);
    }
}
