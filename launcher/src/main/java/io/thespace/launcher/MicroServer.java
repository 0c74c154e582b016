package io.thespace.launcher;

import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stock Payara Micro, which takes the flat WAR. */
final class MicroServer extends Server {

    MicroServer(Instance instance) {
        super(instance, ServerKind.MICRO);
    }

    @Override
    Start prepare(Path archive) {
        Path jar = Distribution.MICRO.in(instance().cache()).resolve("payara-micro.jar");
        Path folder = PrivateFiles.folder(instance().home().resolve("server/micro"));
        int port = instance().configuration().get(Key.HTTP_PORT);
        Path preBoot = folder.resolve("pre-boot.asadmin");
        PrivateFiles.write(
                preBoot,
                ServerFiles.text(
                        "http.asadmin",
                        Map.of(
                                "listener", "http-listener",
                                "port", String.valueOf(port),
                                "address", instance().configuration().get(Key.HTTP_ADDRESS))));
        Path edge = folder.resolve("the-space-edge.jar");
        PrivateFiles.write(edge, ServerFiles.edgeLibrary());
        Path logging = folder.resolve("logging.properties");
        PrivateFiles.write(
                logging,
                ServerFiles.text(
                        "micro/logging.properties",
                        Map.of("log", instance().logs().toString().replace("%", "%%") + "/micro.%g.log")));
        // Files left behind by a killed server are deleted.
        PrivateFiles.delete(folder.resolve("root"));
        List<String> command = new ArrayList<>();
        command.add(Command.java());
        command.addAll(jvmOptions());
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--rootdir",
                folder.resolve("root").toString(),
                "--prebootcommandfile",
                preBoot.toString(),
                "--addlibs",
                edge.toString(),
                "--logproperties",
                logging.toString(),
                "--port",
                String.valueOf(port),
                "--deploy",
                archive.toString(),
                "--contextroot",
                "/"));
        return new Start(command, folder, null);
    }

    @Override
    public Path logFile() {
        return instance().logs().resolve("micro.0.log");
    }

    @Override
    Optional<String> failure() {
        return log().contains(PayaraServer.LOAD_FAILURE)
                ? Optional.of("Payara Micro does not load the application.")
                : Optional.empty();
    }
}
