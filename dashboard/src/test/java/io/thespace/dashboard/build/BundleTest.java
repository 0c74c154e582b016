package io.thespace.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class BundleTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void thePagePreloadsWhatItsScriptImports() throws JsonProcessingException {
        String page = Bundle.page(
                "%style% %script%\n%preloads%",
                MAPPER.readTree(
                        """
                {"outputs": {
                  "a/main-1.js": {"entryPoint": "src/main/ts/main.ts", "imports": [
                    {"path": "a/one.js", "kind": "import-statement"}, {"path": "a/lazy.js", "kind": "dynamic-import"}]},
                  "a/one.js": {"imports": [{"path": "a/two.js", "kind": "import-statement"}]},
                  "a/two.js": {"imports": [{"path": "a/one.js", "kind": "import-statement"}]},
                  "a/lazy.js": {"imports": []},
                  "a/style-1.css": {"entryPoint": "src/main/web/style.css", "imports": []}}}
                """));

        assertThat(page)
                .startsWith("/assets/style-1.css /assets/main-1.js")
                .contains("href=\"/assets/one.js\"", "href=\"/assets/two.js\"")
                .doesNotContain("lazy");
    }

    @Test
    void aBundleWithoutItsEntriesIsRefused() {
        assertThatThrownBy(() -> Bundle.page("", MAPPER.readTree("{\"outputs\": {}}")))
                .isInstanceOf(IllegalStateException.class);
    }
}
