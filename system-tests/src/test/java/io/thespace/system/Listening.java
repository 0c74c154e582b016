package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The TCP addresses that a server process listens on, as Linux tells (proc(5)). */
final class Listening {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private Listening() {}

    /**
     * Asserts that the server of an instance listens on the ports that docs/CONFIGURATION.md names, and on no others.
     *
     * @param console whether the server has an admin console
     */
    static void onConfiguredPortsOnly(Instance instance, boolean console) {
        Assumptions.assumeTrue(Files.exists(PROC.resolve("net/tcp")), "needs Linux");
        Configuration configuration = instance.configuration();
        List<String> expected = new ArrayList<>();
        expected.add(configuration.get(Key.HTTP_ADDRESS) + ":" + configuration.get(Key.HTTP_PORT));
        expected.add(configuration.get(Key.GRPC_ADDRESS) + ":" + configuration.get(Key.GRPC_PORT));
        if (console) {
            expected.add("127.0.0.1:" + configuration.get(Key.ADMIN_PORT));
        }
        assertThat(of(ServerProcess.pid(instance.home()))).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each as {@code address:port}. */
    private static Set<String> of(long pid) {
        try {
            Set<String> sockets = sockets(pid);
            Set<String> addresses = new HashSet<>();
            for (String table : List.of("tcp", "tcp6")) {
                Files.readAllLines(PROC.resolve("net").resolve(table)).stream()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(row -> row[3].equals(LISTEN) && sockets.contains(row[9]))
                        .forEach(row -> addresses.add(address(row[1])));
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The inodes of the sockets that a process has open. */
    private static Set<String> sockets(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(PROC.resolve(pid + "/fd"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring(8, target.length() - 1));
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return inodes;
    }

    /** From hexadecimal words in the order of the machine, for example {@code 0100007F:1F90}. */
    private static String address(String text) {
        String[] parts = text.split(":", -1);
        byte[] bytes = HexFormat.of().parseHex(parts[0]);
        for (int word = 0; word < bytes.length; word += 4) {
            for (int i = 0; i < 2; i++) {
                byte one = bytes[word + i];
                bytes[word + i] = bytes[word + 3 - i];
                bytes[word + 3 - i] = one;
            }
        }
        try {
            // An IPv4 address that is mapped into IPv6 becomes one of IPv4 here.
            return InetAddress.getByAddress(bytes).getHostAddress() + ":" + Integer.parseInt(parts[1], 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
