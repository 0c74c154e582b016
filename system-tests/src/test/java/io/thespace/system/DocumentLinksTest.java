package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The relative links of the documents lead to files. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of(System.getProperty("space.root"));

    /** Fenced blocks show texts of others. */
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");

    /** The target without its fragment, of a link that has neither a scheme nor a fragment alone. */
    private static final Pattern RELATIVE = Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]+)(?:#[^)\\s]*)?\\)");

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> top = Files.find(ROOT, 1, (path, attributes) -> isDocument(path));
                Stream<Path> docs = Files.find(ROOT.resolve("docs"), 5, (path, attributes) -> isDocument(path))) {
            top.forEach(all::add);
            docs.forEach(all::add);
        }
        return all;
    }

    private static boolean isDocument(Path path) {
        return path.toString().endsWith(".md");
    }

    @Test
    void relativeLinksLeadToFiles() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link =
                    RELATIVE.matcher(FENCED.matcher(Files.readString(document)).replaceAll(""));
            while (link.find()) {
                links++;
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    dead.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(links).isGreaterThan(100);
        assertThat(dead).isEmpty();
    }
}
