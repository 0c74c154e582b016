package io.thespace.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Version;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document of each family, and the files of the page that shows it. */
@ApplicationScoped
class Documentation {

    /** The media types of the page's files: the only files that are given out. */
    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css;charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript;charset=utf-8",
            "favicon-32x32.png", "image/png",
            "docs.css", "text/css;charset=utf-8",
            "initializer.js", "text/javascript;charset=utf-8");

    private static final String PAGE = "docs.html";

    /** Swagger UI draws its icons from data URLs; everything else is served by the platform. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private record Documents(long version, Content json, Content yaml) {}

    private final Map<Family, Documents> documents = new ConcurrentHashMap<>();
    private final Map<String, Content> files = new ConcurrentHashMap<>();
    private Routes routes;
    private boolean open;

    Documentation() {}

    @Inject
    Documentation(Routes routes) {
        this(routes, Configuration.get().get(Key.DOCS_PUBLIC));
    }

    /** The documentation of routes, open to all or only to those with a token. */
    Documentation(Routes routes, boolean open) {
        this.routes = routes;
        this.open = open;
    }

    /** A family's document as JSON. */
    Content json(Family family) {
        return documents(family).json;
    }

    /** A family's document as YAML. */
    Content yaml(Family family) {
        return documents(family).yaml;
    }

    /** The page that shows a family's document: it loads what lies beside it. */
    Content page() {
        return file(PAGE);
    }

    /**
     * A file that the page needs.
     *
     * @throws Rejection {@code UNKNOWN_FILE}
     */
    Content asset(String name) {
        if (!FILES.containsKey(name)) {
            throw new Rejection(DocsError.UNKNOWN_FILE, "The documentation page has no file of this name.");
        }
        return file(name);
    }

    /** The document of the routes as they are now, made once for each change of them. */
    private Documents documents(Family family) {
        // Read before the routes: a change between the two then causes another generation, instead of none.
        long version = routes.version();
        Documents made = documents.get(family);
        if (made != null && made.version == version) {
            return made;
        }
        return documents.compute(
                family, (key, other) -> other != null && other.version >= version ? other : make(key, version));
    }

    private Documents make(Family family, long version) {
        ObjectNode document = OpenApi.document(
                routes.all().stream().filter(route -> route.family() == family).toList(),
                new OpenApi.Info(Version.TEXT, family));
        try {
            return new Documents(
                    version,
                    document("application/json", Json.MAPPER.writeValueAsBytes(document)),
                    document("application/yaml", yaml(document)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The OpenAPI document cannot be written", e);
        }
    }

    private static Content document(String mediaType, byte[] bytes) {
        return new Content(mediaType, bytes, Map.of("Cache-Control", "no-cache")).tagged();
    }

    /** Strings stay in quotes, so that no reader of YAML 1.1 takes one for a time, a number or a truth value. */
    private static byte[] yaml(ObjectNode document) throws JsonProcessingException {
        return YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build()
                .writeValueAsBytes(document);
    }

    private Content file(String name) {
        return files.computeIfAbsent(name, this::read);
    }

    private Content read(String name) {
        boolean page = name.equals(PAGE);
        return new Content(
                        page ? "text/html;charset=utf-8" : FILES.get(name),
                        resource(name),
                        Map.of(
                                "Content-Security-Policy",
                                POLICY,
                                "Cache-Control",
                                page ? "no-cache" : (open ? "public" : "private") + ", max-age=3600"))
                .tagged();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Documentation.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The archive was built without " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The archive cannot be read", e);
        }
    }
}
