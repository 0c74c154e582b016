package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/DEPLOYING.md: each block of commands works by itself, in a new shell. */
class DeployingDocumentTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```bash\\n(.*?)^ *```$");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    /** Names of the reader's folders are in capitals. */
    private static final Pattern USED = Pattern.compile("\\$\\{?([a-z]\\w*)");

    private static final Pattern DEFINED = Pattern.compile("(?m)^ *([a-z]\\w*)=");

    @Test
    void everyBlockDefinesTheVariablesItUses() throws Exception {
        String text = Files.readString(Checkout.folder().resolve("docs/DEPLOYING.md"));
        List<String> blocks =
                BLOCK.matcher(text).results().map(block -> block.group(2)).toList();
        assertThat(blocks).hasSizeGreaterThan(5).anyMatch(block -> block.contains("$config"));
        assertThat(blocks).allSatisfy(block -> {
            String commands = QUOTED.matcher(block).replaceAll("");
            assertThat(names(DEFINED, commands)).containsAll(names(USED, commands));
        });
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
