package io.thespace.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.pf4j.DefaultVersionManager;

/** The sources of archives that are not part of the request: the configured hosts and folder. */
final class ArchiveSources {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration FETCH_LIMIT = Duration.ofSeconds(60);
    private static final int MAX_FILES = 1_000;

    private final Configuration configuration;
    private final Duration fetchLimit;

    ArchiveSources(Configuration configuration) {
        this(configuration, FETCH_LIMIT);
    }

    /** @param fetchLimit how long a whole archive may take */
    ArchiveSources(Configuration configuration, Duration fetchLimit) {
        this.configuration = configuration;
        this.fetchLimit = fetchLimit;
    }

    /**
     * Fetches an archive.
     *
     * @param sha256 the digest that it must have
     * @param target the destination
     * @throws Rejection {@code ARCHIVE_MISSING}, {@code ARCHIVE_TOO_LARGE} or {@code ARCHIVE_INVALID}
     */
    void fetch(String url, String sha256, Path target) throws IOException {
        if (sha256 == null) {
            throw Rejection.of(
                    PluginError.ARCHIVE_MISSING, "sha256", "url needs sha256, the digest that the archive must have.");
        }
        URI uri = allowed(url);
        try {
            // Redirects are not followed: they could lead to a host that is not allowed.
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT_LIMIT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            int status = receive(client, HttpRequest.newBuilder(uri).build(), target);
            if (status != 200) {
                throw new Rejection(
                        PluginError.ARCHIVE_MISSING,
                        "%s answered with status %d instead of the archive.".formatted(uri.getHost(), status));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (IOException e) {
            throw new Rejection(
                    PluginError.ARCHIVE_MISSING, "The archive could not be fetched from %s.".formatted(uri.getHost()));
        }
        if (!Archive.sha256(target).equals(sha256.toLowerCase(Locale.ROOT))) {
            throw new Rejection(
                    PluginError.ARCHIVE_INVALID, "What %s answered with has another sha256.".formatted(uri.getHost()));
        }
    }

    /** Puts the body of an answer with 200 into a file, and gives the answer's status. */
    private int receive(HttpClient client, HttpRequest request, Path target) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(target)) {
            Body body = new Body(configuration.get(Key.PLUGIN_LIMIT_BYTES), out);
            // The time limit of a request ends with the headers; a host can stall in the body for ever.
            CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
                    request, head -> head.statusCode() == 200 ? body : HttpResponse.BodySubscribers.replacing(null));
            try {
                return answer.get(fetchLimit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            } catch (ExecutionException e) {
                if (body.tooLarge != null) {
                    throw body.tooLarge;
                }
                throw new IOException(e.getCause());
            } catch (TimeoutException e) {
                throw new IOException("It takes longer than " + fetchLimit.toMillis() + " ms", e);
            } finally {
                // Nothing happens to an answer that is whole.
                answer.cancel(true);
            }
        }
    }

    /** Writes what comes, up to a limit. */
    private static final class Body implements HttpResponse.BodySubscriber<Void> {

        private final CompletableFuture<Void> whole = new CompletableFuture<>();
        private final int limit;
        private final OutputStream out;
        private long total;
        private Flow.Subscription subscription;
        private volatile Rejection tooLarge;

        Body(int limit, OutputStream out) {
            this.limit = limit;
            this.out = out;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            try {
                for (ByteBuffer part : parts) {
                    write(part);
                }
                subscription.request(1);
            } catch (IOException | Rejection e) {
                subscription.cancel();
                whole.completeExceptionally(e);
            }
        }

        private void write(ByteBuffer part) throws IOException {
            total += part.remaining();
            if (total > limit) {
                tooLarge = new Rejection(
                        PluginError.ARCHIVE_TOO_LARGE,
                        "The archive may have %d bytes at the most; %s sets the limit."
                                .formatted(limit, Key.PLUGIN_LIMIT_BYTES.name()));
                throw tooLarge;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            out.write(bytes);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(null);
        }
    }

    private URI allowed(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw Rejection.of(PluginError.ARCHIVE_MISSING, "url", "url is not a URL.");
        }
        List<String> hosts = configuration.get(Key.PLUGIN_SOURCES);
        String authority = String.valueOf(uri.getRawAuthority());
        boolean loopback = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()));
        boolean secure = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
        if (!secure || !hosts.contains(authority)) {
            throw Rejection.of(
                    PluginError.ARCHIVE_MISSING,
                    "url",
                    "url must be https and on a host that %s names.".formatted(Key.PLUGIN_SOURCES.name()));
        }
        return uri;
    }

    /** The archive in the catalogue folder that has the highest version of a plugin. */
    Path latest(String pluginId) throws IOException {
        Path folder = configuration
                .find(Key.PLUGIN_CATALOGUE)
                .orElseThrow(() -> Rejection.of(
                        PluginError.ARCHIVE_MISSING,
                        "plugin_id",
                        "There is no catalogue folder; %s names one.".formatted(Key.PLUGIN_CATALOGUE.name())));
        if (!Files.isDirectory(folder)) {
            throw Rejection.of(
                    PluginError.ARCHIVE_MISSING,
                    "plugin_id",
                    "The catalogue folder of %s is not there.".formatted(Key.PLUGIN_CATALOGUE.name()));
        }
        DefaultVersionManager versions = new DefaultVersionManager();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .limit(MAX_FILES)
                    .filter(file -> Plugins.snakeCase(pluginId).equals(id(file)))
                    .max(Comparator.comparing(ArchiveSources::version, versions::compareVersions))
                    .orElseThrow(() -> Rejection.of(
                            PluginError.ARCHIVE_MISSING,
                            "plugin_id",
                            "The catalogue folder has no archive of %s.".formatted(pluginId)));
        }
    }

    private static String id(Path zip) {
        Manifest manifest = manifest(zip);
        return manifest == null ? "" : manifest.id();
    }

    private static String version(Path zip) {
        Manifest manifest = manifest(zip);
        return manifest == null ? "0.0.0" : manifest.version();
    }

    /** Returns null for a file that is not a plugin's archive: the folder may contain other files. */
    private static Manifest manifest(Path zip) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.getEntry("plugin.json");
            if (entry == null) {
                return null;
            }
            try (InputStream in = file.getInputStream(entry)) {
                return Manifest.read(in.readNBytes(1_000_000));
            }
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
