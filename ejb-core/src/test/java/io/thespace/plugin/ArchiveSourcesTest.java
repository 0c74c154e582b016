package io.thespace.plugin;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.gateway.forward.Behaviour;
import io.thespace.plugin.api.Rejection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSourcesTest {

    /** Of "hello". */
    private static final String SHA_256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path fetch(Behaviour host, Duration limit) throws Exception {
        String authority = URI.create(host.url()).getAuthority();
        Configuration configuration =
                Configuration.read(Map.of("SPACE_PLUGIN_SOURCES", authority, "SPACE_PLUGIN_LIMIT_BYTES", "1024")::get);
        Path target = folder.resolve("archive.zip");
        new ArchiveSources(configuration, limit).fetch(host.url(), SHA_256, target);
        return target;
    }

    private void refused(Behaviour host, Duration limit, PluginError code, String words) {
        assertThatThrownBy(() -> fetch(host, limit))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void anArchiveIsFetched() throws Exception {
        try (Behaviour host =
                new Behaviour((head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"))) {
            assertThat(Files.readString(fetch(host, LONG))).isEqualTo("hello");
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHostThatStallsInTheBodyIsGivenUp() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        try (Behaviour host = new Behaviour((head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\nContent-Length: 5\n\nhel");
            try {
                while (in.read() >= 0) {
                    // The rest never comes.
                }
            } finally {
                left.countDown();
            }
        })) {
            refused(host, Duration.ofMillis(300), PluginError.ARCHIVE_MISSING, "could not be fetched");
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsTooLargeIsNotFetched() throws Exception {
        try (Behaviour host = new Behaviour((head, in, out, socket) ->
                write(out, "HTTP/1.1 200 OK\nContent-Length: 2000\n\n" + "x".repeat(2000)))) {
            refused(host, LONG, PluginError.ARCHIVE_TOO_LARGE, "1024");
        }
    }

    @Test
    void anotherStatusIsTold() throws Exception {
        try (Behaviour host =
                new Behaviour((head, in, out, socket) -> write(out, "HTTP/1.1 404 No\nContent-Length: 2\n\nno"))) {
            refused(host, LONG, PluginError.ARCHIVE_MISSING, "404");
        }
    }
}
