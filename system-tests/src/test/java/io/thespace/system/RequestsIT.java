package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.launcher.RequestWalk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The requests in {@code requests/*.http} work, and leave no endpoint out. */
class RequestsIT {

    private static final Path REQUESTS = Path.of(System.getProperty("space.root"), "requests");
    private static final Pattern REQUEST = Pattern.compile("(?m)^([A-Z]+)\\s+\\{\\{host}}(/[^\\s?]*)");

    private final Stage stage = Stage.shared();

    /** As {@code ./deploy.sh --test-endpoints} does. */
    @Test
    void eachIsAnsweredAsItExpects() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int wrong = RequestWalk.walk(
                REQUESTS,
                stage.space().base(),
                Stage.ADMIN,
                Fixtures.PASSWORD,
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(wrong).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void everyOperationHasOne() throws IOException {
        Set<String> requested = new TreeSet<>();
        try (Stream<Path> files = Files.list(REQUESTS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".http")) {
                    REQUEST.matcher(Files.readString(file))
                            .results()
                            .forEach(request -> requested.add(
                                    request.group(1) + " " + request.group(2).replaceAll("\\{\\{[^}]*}}", "{}")));
                }
            }
        }

        for (Operation operation : Operation.all(stage.space())) {
            String wanted = Pattern.quote(operation.toString()).replaceAll("\\{[a-z_]+}", "\\\\E[^/]+\\\\Q");
            assertThat(requested).as("a request for %s", operation).anyMatch(request -> request.matches(wanted));
        }
    }
}
