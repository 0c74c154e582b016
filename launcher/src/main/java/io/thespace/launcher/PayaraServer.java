package io.thespace.launcher;

import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Payara Server with a domain in SPACE_HOME. The domain is made anew whenever the EAR, the server, the JDK or our
 * configuration changes, so nothing in it can be stale; an unchanged EAR is already deployed in it, and loads at once.
 */
final class PayaraServer extends Server {

    private static final String DOMAIN = "space";
    private static final String MAIN_CLASS = "com.sun.enterprise.glassfish.bootstrap.ASMain";
    private static final Duration ASADMIN_LIMIT = Duration.ofMinutes(1);
    /** The log message with which Payara reports that the application failed to load; the server itself continues. */
    static final Pattern LOAD_FAILURE = Pattern.compile(
            "Exception while loading the app|Exception during lifecycle processing"
                    + "|Error occurred during deployment|Startup of context .*failed due to previous errors|Failed to deploy");

    private final Path folder;
    private final Path domain;
    private final Path deployed;
    private final Path wanted;

    PayaraServer(Instance instance) {
        super(instance, ServerKind.PAYARA);
        this.folder = instance.home().resolve("server/payara");
        this.domain = folder.resolve(DOMAIN);
        this.deployed = folder.resolve("deployed");
        this.wanted = folder.resolve("wanted");
    }

    @Override
    Start prepare(Path archive) {
        Path distribution = Distribution.PAYARA.in(instance().cache());
        byte[] edge = ServerFiles.edgeLibrary();
        String fingerprint = ServerFiles.fingerprint(
                ServerFiles.fingerprint(edge),
                ServerFiles.fingerprint(archive),
                Distribution.PAYARA.version(),
                distribution.toString(),
                domain.toString(),
                Command.java(),
                System.getProperty("java.version"),
                ServerFiles.text("payara/pre-boot.asadmin"),
                ServerFiles.text("payara/server-config.xml"),
                ServerFiles.text("http.asadmin"),
                ServerFiles.text("payara/logging.properties"));
        Path commandFile = folder.resolve("command");
        if (!fingerprint.equals(PrivateFiles.read(deployed))) {
            PrivateFiles.delete(folder);
            PrivateFiles.folder(folder);
            makeDomain(distribution);
            PrivateFiles.write(domain.resolve("lib/the-space-edge.jar"), edge);
            // The server's welcome page would be there as long as the application is not.
            PrivateFiles.delete(domain.resolve("docroot"));
            PrivateFiles.folder(domain.resolve("docroot"));
            String command = Command.run(
                    asadmin(distribution, "start-domain", "--dry-run", "--domaindir", folder.toString(), DOMAIN),
                    folder,
                    Map.of(),
                    ASADMIN_LIMIT);
            PrivateFiles.write(commandFile, command);
        }
        PrivateFiles.write(wanted, fingerprint + "\n" + archive);
        Path preBoot = folder.resolve("pre-boot.asadmin");
        PrivateFiles.write(
                preBoot,
                ServerFiles.text(
                                "http.asadmin",
                                Map.of(
                                        "listener", "http-listener-1",
                                        "port",
                                                String.valueOf(instance()
                                                        .configuration()
                                                        .get(Key.HTTP_PORT)),
                                        "address", instance().configuration().get(Key.HTTP_ADDRESS)))
                        + ServerFiles.text(
                                "payara/pre-boot.asadmin", Map.of("adminPort", String.valueOf(adminPort()))));
        return new Start(
                command(PrivateFiles.read(commandFile), preBoot), folder, "AS_ADMIN_MASTERPASSWORD=changeit\n");
    }

    @Override
    void advance() {
        List<String> want = PrivateFiles.read(wanted).lines().toList();
        if (want.get(0).equals(PrivateFiles.read(deployed)) || status("/") == 0 || !Ports.listening(adminPort())) {
            // The admin listener becomes available some moments after the API's.
            return;
        }
        Path distribution = Distribution.PAYARA.in(instance().cache());
        Command.run(
                asadmin(
                        distribution,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(adminPort()),
                        "--user",
                        "admin",
                        "--passwordfile",
                        passwordFile().toString(),
                        "deploy",
                        "--name",
                        "the-space",
                        "--upload=false",
                        "--force=true",
                        want.get(1)),
                folder,
                Map.of(),
                Duration.ofSeconds(instance().configuration().get(Key.START_TIMEOUT_SECONDS)));
        // Only now: a start that was killed in between makes the domain anew.
        PrivateFiles.write(deployed, want.get(0));
    }

    @Override
    Optional<String> failure() {
        return log().contains(LOAD_FAILURE)
                ? Optional.of("Payara Server does not load the application.")
                : Optional.empty();
    }

    private int adminPort() {
        return instance().configuration().get(Key.ADMIN_PORT);
    }

    private void makeDomain(Path distribution) {
        PrivateFiles.copy(distribution.resolve("glassfish/domains/domain1"), domain);
        Path change = folder.resolve("new-password");
        PrivateFiles.write(
                change, "AS_ADMIN_PASSWORD=\nAS_ADMIN_NEWPASSWORD=" + instance().secret("admin-console") + "\n");
        Command.run(
                asadmin(
                        distribution,
                        "--user",
                        "admin",
                        "--passwordfile",
                        change.toString(),
                        "change-admin-password",
                        "--domaindir",
                        folder.toString(),
                        "--domain_name",
                        DOMAIN),
                folder,
                Map.of(),
                ASADMIN_LIMIT);
        PrivateFiles.delete(change);
        Path configuration = domain.resolve("config/domain.xml");
        String stock = PrivateFiles.read(configuration);
        String marker = "            <http-service>";
        int server = stock.indexOf(marker, stock.indexOf("<config name=\"server-config\">"));
        if (server < 0) {
            throw new LaunchFailure("Payara's stock domain.xml is not as expected: no " + marker.strip() + ".");
        }
        PrivateFiles.write(
                configuration,
                stock.substring(0, server) + ServerFiles.text("payara/server-config.xml") + stock.substring(server));
        Path logging = domain.resolve("config/logging.properties");
        Properties properties = new Properties();
        try {
            try (var in = Files.newBufferedReader(logging)) {
                properties.load(in);
            }
            properties.load(new StringReader(ServerFiles.text(
                    "payara/logging.properties", Map.of("log", logFile().toString()))));
            StringWriter out = new StringWriter();
            properties.store(out, "The stock file with ours laid over it.");
            PrivateFiles.write(logging, out.toString());
        } catch (IOException e) {
            throw new LaunchFailure("Cannot write " + logging + " (" + e + ").", e);
        }
    }

    /**
     * The JVM's command line as {@code asadmin start-domain} would run it. We start it without asadmin: that saves its JVM,
     * and the process is known from the first moment.
     */
    private List<String> command(String dryRun, Path preBoot) {
        List<String> lines =
                dryRun.lines().skip(1).takeWhile(line -> !line.isBlank()).toList();
        int main = lines.indexOf(MAIN_CLASS);
        if (main < 0) {
            throw new LaunchFailure("asadmin start-domain --dry-run named no command:\n" + dryRun);
        }
        List<String> command = new ArrayList<>();
        command.add(Command.java());
        command.addAll(lines.subList(1, main));
        command.addAll(ServerFiles.lines("payara/jvm.options"));
        command.addAll(jvmOptions());
        command.add(MAIN_CLASS);
        command.add("-prebootcommandfile");
        command.add(preBoot.toString());
        command.addAll(lines.subList(main + 1, lines.size()));
        return command;
    }

    private Path passwordFile() {
        Path file = folder.resolve("password");
        PrivateFiles.write(file, "AS_ADMIN_PASSWORD=" + instance().secret("admin-console") + "\n");
        return file;
    }

    private static List<String> asadmin(Path distribution, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Command.java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                distribution.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "--interactive=false"));
        command.addAll(List.of(arguments));
        return command;
    }
}
