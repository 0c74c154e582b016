package io.thespace.dashboard.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bundles the dashboard: generates the types of the API, runs esbuild and writes the page that loads the result. */
public final class Bundle {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Bundle() {}

    /**
     * Bundles.
     *
     * @param arguments the module's folder, its build folder, and the folder of the OpenAPI documents
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path module = Path.of(arguments[0]);
        Path build = Path.of(arguments[1]);
        generate(Path.of(arguments[2]), build.resolve("generated"));
        NodeModules modules = new NodeModules(build.resolve("node_modules"));
        modules.unpack();
        Path resources = build.resolve("classes/META-INF/resources");
        NodeModules.delete(resources);
        Path assets = Files.createDirectories(resources.resolve("assets"));
        Path metadata = build.resolve("bundle.json");
        esbuild(module, modules, assets, metadata);
        Path sources = module.resolve("src/main/web");
        Files.copy(sources.resolve("icon.svg"), assets.resolve("icon.svg"));
        Files.writeString(
                resources.resolve("index.html"),
                page(Files.readString(sources.resolve("index.html")), MAPPER.readTree(metadata.toFile())));
    }

    /** Writes what is generated from the OpenAPI documents. */
    static void generate(Path documents, Path folder) throws IOException {
        ApiTypes types = new ApiTypes();
        for (String name : List.of("api", "management")) {
            types.add(name, MAPPER.readTree(documents.resolve(name + ".json").toFile()));
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("api.ts"), types.types());
        Files.writeString(folder.resolve("needs.ts"), types.needs());
        Files.writeString(folder.resolve("forms.json"), types.forms().toString());
    }

    private static void esbuild(Path module, NodeModules modules, Path assets, Path metadata)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(modules.esbuild().toString());
        command.addAll(List.of(
                "main=src/main/ts/main.ts",
                "style=src/main/web/style.css",
                "--bundle",
                "--splitting",
                "--format=esm",
                "--minify",
                "--target=es2022",
                "--charset=utf8",
                "--legal-comments=linked",
                "--tsconfig=src/main/ts/tsconfig.json",
                "--entry-names=[name]-[hash]",
                "--chunk-names=[name]-[hash]",
                "--log-level=warning",
                "--outdir=" + assets,
                "--metafile=" + metadata));
        ProcessBuilder process =
                new ProcessBuilder(command).directory(module.toFile()).inheritIO();
        process.environment().put("NODE_PATH", modules.folder().toString());
        int status = process.start().waitFor();
        if (status != 0) {
            throw new IOException("esbuild ended with " + status + "; its messages are above.");
        }
        // It writes one of licences beside every file, most of them empty.
        try (DirectoryStream<Path> licences = Files.newDirectoryStream(assets, "*.LEGAL.txt")) {
            for (Path each : licences) {
                if (Files.size(each) == 0) {
                    Files.delete(each);
                }
            }
        }
    }

    /**
     * The page with the names of the files that it loads first.
     *
     * @param metadata esbuild's metafile
     */
    static String page(String template, JsonNode metadata) {
        String script = null;
        String style = null;
        for (Map.Entry<String, JsonNode> output : metadata.path("outputs").properties()) {
            String entry = output.getValue().path("entryPoint").asText();
            if (entry.endsWith("main.ts")) {
                script = output.getKey();
            } else if (entry.endsWith("style.css")) {
                style = output.getKey();
            }
        }
        if (script == null || style == null) {
            throw new IllegalStateException("esbuild wrote no main.ts or no style.css");
        }
        Set<String> preloaded = new LinkedHashSet<>();
        imports(metadata.path("outputs"), script, preloaded);
        StringBuilder preloads = new StringBuilder();
        for (String chunk : preloaded) {
            preloads.append("<link rel=\"modulepreload\" href=\"")
                    .append(address(chunk))
                    .append("\">\n");
        }
        return template.replace("%style%", address(style))
                .replace("%script%", address(script))
                .replace("%preloads%", preloads.toString());
    }

    private static void imports(JsonNode outputs, String file, Set<String> found) {
        for (JsonNode imported : outputs.path(file).path("imports")) {
            String path = imported.path("path").asText();
            if (imported.path("kind").asText().equals("import-statement") && found.add(path)) {
                imports(outputs, path, found);
            }
        }
    }

    private static String address(String output) {
        return "/assets/" + output.substring(output.lastIndexOf('/') + 1);
    }
}
