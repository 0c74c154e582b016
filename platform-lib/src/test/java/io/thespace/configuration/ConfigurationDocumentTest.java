package io.thespace.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/CONFIGURATION.md lists exactly the keys, in their order, as the code describes them. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "CONFIGURATION.md");

    @Test
    void theDocumentListsEveryKeyAndNoOther() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(
                        Key.ALL.stream().map(ConfigurationDocumentTest::row).toList());
    }

    private static String row(Key<?> key) {
        String fallback = key.fallback() == null || key.fallback().isEmpty() ? "—" : "`" + key.fallback() + "`";
        return "| `%s` | %s | %s | %s |".formatted(key.name(), key.type(), fallback, key.description());
    }
}
