package io.thespace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's entries and those of plugins, also of careless ones. */
class ShippedCatalogTest {

    private static final String GOOD =
            """
            {"entries": [{"name": "weather.readings", "kind": "table", "owner": "weather", "description": "Readings.",
              "tenant_scoped": true, "retention": "A year.", "columns": [
                {"name": "id", "type": "UUIDv7", "description": "The reading.", "classification": "none"}]}]}
            """;

    private static SortedMap<String, Sourced> with(Map<String, String> files) {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((plugin, text) -> bytes.put(plugin, text.getBytes(StandardCharsets.UTF_8)));
        return new ShippedCatalog(() -> bytes).entries();
    }

    @Test
    void thePlatformDescribesItself() {
        assertThat(with(Map.of()))
                .containsKeys("core.users", "core.events", "core.catalog_entries")
                .allSatisfy((name, entry) -> {
                    assertThat(entry.source()).isEqualTo("core");
                    assertThat(name).matches("(core|flow)\\..+");
                });
    }

    @Test
    void aPluginDescribesItsOwn() {
        assertThat(with(Map.of("weather", GOOD)).get("weather.readings"))
                .satisfies(entry -> assertThat(entry.source()).isEqualTo("plugin:weather"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "null",
                "{}",
                "{\"entries\": [null]}",
                "{\"entries\": [], \"more\": 1}",
                "{\"entries\": [{\"name\": \"careless.table\", \"tenant_scoped\": true}]}"
            })
    void aFaultCostsItsPluginOnly(String file) {
        assertThat(with(Map.of("careless", file, "weather", GOOD)))
                .containsKeys("core.users", "weather.readings")
                .allSatisfy((name, entry) -> assertThat(entry.source()).isNotEqualTo("plugin:careless"));
    }

    @Test
    void nobodyDescribesWhatIsNotTheirs() {
        assertThat(with(Map.of("thief", GOOD.replace("weather.readings", "core.users")))
                        .get("core.users"))
                .satisfies(entry -> assertThat(entry.source()).isEqualTo("core"));
        assertThat(with(Map.of("thief", GOOD))).doesNotContainKey("weather.readings");
    }
}
