package io.thespace.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.thespace.configuration.Version;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Resource;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A family's OpenAPI document and the page that shows it. */
final class DocsResource implements Resource {

    /** The media types of the page's files: the only files that are given out. */
    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css;charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript;charset=utf-8",
            "favicon-32x32.png", "image/png",
            "docs.css", "text/css;charset=utf-8",
            "initializer.js", "text/javascript;charset=utf-8");

    private static final String PAGE = "docs.html";

    /** Swagger UI draws its icons from data URLs, and needs nothing else that is not ours. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private record Documents(long version, Content json, Content yaml) {}

    private final Map<String, Content> files = new ConcurrentHashMap<>();
    private volatile Documents documents;
    private final Family family;
    private final Routes routes;
    private final boolean open;

    /** The documentation of a family's routes, open to all or only to those with a token. */
    DocsResource(Family family, Routes routes, boolean open) {
        this.family = family;
        this.routes = routes;
        this.open = open;
    }

    @Override
    public String group() {
        return switch (family) {
            case PLATFORM -> "Documentation";
            case MANAGEMENT -> "Management documentation";
        };
    }

    @Override
    public Family family() {
        return family;
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        Role role = open ? null : Role.GUEST;
        return List.of(
                Endpoint.get("/openapi")
                        .summary("OpenAPI document")
                        .description(
                                switch (family) {
                                    case PLATFORM ->
                                        "Every endpoint that answers now, those of plugins included, as OpenAPI 3.1 in JSON.";
                                    case MANAGEMENT -> "Every endpoint of the management API, as OpenAPI 3.1 in JSON.";
                                })
                        .answersContent("application/json")
                        .role(role)
                        .handler(call -> documents().json),
                Endpoint.get("/openapi.json")
                        .summary("OpenAPI document as JSON")
                        .description("The same as `%s/openapi`.".formatted(family.prefix()))
                        .answersContent("application/json")
                        .role(role)
                        .handler(call -> documents().json),
                Endpoint.get("/openapi.yaml")
                        .summary("OpenAPI document as YAML")
                        .description("The same as `%s/openapi`, in YAML.".formatted(family.prefix()))
                        .answersContent("application/yaml")
                        .role(role)
                        .handler(call -> documents().yaml),
                Endpoint.get("/docs")
                        .summary("Documentation to read and try")
                        .description("Swagger UI over `%s/openapi`; a page for people.".formatted(family.prefix()))
                        .answersContent("text/html")
                        .role(role)
                        .handler(call -> file(PAGE)),
                Endpoint.get("/docs/{file}")
                        .summary("A file of the documentation page")
                        .description("The scripts, styles and images of `%s/docs`.".formatted(family.prefix()))
                        .path("file", String.class, "The file's name.", "docs.css")
                        .answersContent("*/*")
                        .role(role)
                        .refuses(DocsError.UNKNOWN_FILE)
                        .handler(call -> asset(call.path("file", String.class))));
    }

    private static Content document(String mediaType, byte[] bytes) {
        return new Content(mediaType, bytes, Map.of("Cache-Control", "no-cache")).tagged();
    }

    /** The document of the routes as they are now, made once for each change of them. */
    private Documents documents() throws JsonProcessingException {
        // Asked for before the routes: a change between the two then makes the document again, instead of never.
        long version = routes.version();
        Documents made = documents;
        if (made != null && made.version == version) {
            return made;
        }
        synchronized (this) {
            if (documents == null || documents.version != version) {
                ObjectNode document = OpenApi.document(
                        routes.all().stream()
                                .filter(route -> route.family() == family)
                                .toList(),
                        new OpenApi.Info(Version.TEXT, family));
                documents = new Documents(
                        version,
                        document("application/json", Json.MAPPER.writeValueAsBytes(document)),
                        document("application/yaml", yaml(document)));
            }
            return documents;
        }
    }

    /** Strings stay in quotes, so that no reader of YAML 1.1 takes one for a time, a number or a truth value. */
    private static byte[] yaml(ObjectNode document) throws JsonProcessingException {
        return YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build()
                .writeValueAsBytes(document);
    }

    private Content asset(String name) {
        if (!FILES.containsKey(name)) {
            throw new Rejection(DocsError.UNKNOWN_FILE, "The documentation page has no file of this name.");
        }
        return file(name);
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
        try (InputStream in = DocsResource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The archive was built without " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The archive cannot be read", e);
        }
    }
}
