package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboard modules of plugins are served from their archives, and no other files. */
class UiRegistryIT {

    private static final String FILES = "/api/plugins/financial_business/ui/";
    private static final Pattern RELATIVE = Pattern.compile("(?:from|import|URL\\() *'(\\.[^']+)'");

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller guest = space.as(stage.fixtures().guest(org));
    private final Caller nobody = space.anonymous();

    private JsonNode financial() {
        for (JsonNode plugin : guest.get("/api/frontend/ui-registry").is(200).json()) {
            if (plugin.path("plugin").asText().equals("financial_business")) {
                return plugin;
            }
        }
        throw new AssertionError("The registry has no financial_business");
    }

    @Test
    void theRegistryListsEachPlace() {
        JsonNode plugin = financial();

        assertThat(plugin.path("name").asText()).isEqualTo("Financial Business");
        assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
        for (String place : new String[] {"settings", "widgets", "menu"}) {
            assertThat(plugin.path(place)).as(place).hasSize(1).allSatisfy(module -> {
                assertThat(module.path("title").asText()).isNotBlank();
                assertThat(module.path("module").asText()).startsWith(FILES).endsWith(".js");
            });
        }
        nobody.get("/api/frontend/ui-registry").refused(401);
    }

    @Test
    void thePluginSaysWhichPlacesItFills() {
        for (JsonNode plugin : guest.get("/api/plugins").is(200).json()) {
            if (plugin.path("id").asText().equals("financial_business")) {
                assertThat(plugin.path("ui").toString()).isEqualTo("[\"settings\",\"widget\",\"menu\"]");
            }
        }
    }

    /** As a browser would, without a token: the modules, what they import, and what that imports. */
    @Test
    void everyModuleLoadsWithAllThatItNeeds() {
        Deque<String> open = new ArrayDeque<>();
        financial().findValues("module").forEach(module -> open.add(module.asText()));
        Set<String> loaded = new TreeSet<>();
        while (!open.isEmpty()) {
            String path = open.pop();
            if (loaded.add(path)) {
                Answer file = nobody.get(path).is(200);
                if (path.endsWith(".js")) {
                    assertThat(file.body()).doesNotContain("http:", "https:", "eval(", "innerHTML");
                    Matcher imports = RELATIVE.matcher(file.body());
                    while (imports.find()) {
                        open.add(URI.create(path).resolve(imports.group(1)).getPath());
                    }
                }
            }
        }

        assertThat(loaded)
                .contains(FILES + "parts/page.js", FILES + "financial.css")
                .hasSize(5);
        financial().findValues("module").forEach(module -> assertThat(
                        nobody.get(module.asText()).body())
                .contains("export function mount(element, context)"));
    }

    @ParameterizedTest
    @CsvSource({
        "settings.js, text/javascript",
        "parts/page.js, text/javascript",
        "financial.css, text/css",
    })
    void aFileComesAsWhatItIs(String file, String type) {
        Answer answer = nobody.get(FILES + file).is(200).hasManners();

        assertThat(answer.header("Content-Type").orElse("")).matches(type + "; ?charset=(?i:utf-8)");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Cache-Control")).contains("public, no-cache");
        assertThat(answer.header("Content-Security-Policy").orElse("")).contains("default-src 'none'", "sandbox");
        assertThat(nobody.call("HEAD", FILES + file).is(200).body()).isEmpty();
        assertThat(nobody.get("/api/plugins/financial-business/ui/" + file)
                        .is(200)
                        .body())
                .isEqualTo(answer.body());
    }

    @Test
    void whoHasItAlreadyIsNotSentIt() {
        Answer first = nobody.get(FILES + "balance.js").is(200);
        String tag = first.header("ETag").orElseThrow();

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            Answer again = nobody.with("If-None-Match", known)
                    .get(FILES + "balance.js")
                    .is(304);
            assertThat(again.body()).as(known).isEmpty();
            assertThat(again.header("ETag")).as(known).contains(tag);
        }
        nobody.with("If-None-Match", "\"other\"").get(FILES + "balance.js").is(200);
        assertThat(nobody.get(FILES + "settings.js").header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.js",
                "parts",
                "parts/nothing.js",
                "settings",
                "settings.JS",
                "settings.js.map",
                "settings.html",
                "js",
                "FinancialBusiness.class",
            })
    void whatIsNotThereIsRefused(String file) {
        assertThat(nobody.get(FILES + file).refused(404)).contains("ui-registry");
    }

    @Test
    void anUnknownPluginHasNoFiles() {
        assertThat(nobody.get("/api/plugins/nobody/ui/settings.js").refused(404))
                .contains("nobody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../plugin.json",
                "../../../../META-INF/persistence.xml",
                "parts/../../plugin.json",
                "%2e%2e/plugin.json",
                "..%2fplugin.json",
                "parts%2fpage.js",
                "..\\plugin.json",
                "..%5cplugin.json",
                "%5c..%5cplugin.json",
                "parts//page.js",
                "/settings.js",
                "/etc/passwd",
                "settings.js/",
                "./settings.js",
                ".hidden.js",
                "settings.js%00.css",
                "settings.js;x=y",
                "settings%20.js",
                "file:///etc/passwd",
                "C:/settings.js",
                "%c0%ae%c0%ae/plugin.json",
                "%ef%bc%8e%ef%bc%8e/plugin.json",
            })
    void pathTricksLeadNowhere(String file) {
        Answer answer = Wire.request(space, "GET " + FILES + file);

        // Some servers resolve dots themselves, before any code of ours runs: then it is a file like any other.
        if (answer.status() == 200) {
            assertThat(answer.body()).as("%s", answer).contains("export ");
        } else {
            assertThat(answer.status()).as("%s", answer).isIn(400, 404);
            answer.leaksNothing();
        }
        assertThat(answer.body()).doesNotContain("root:", "<persistence", "\"permissions\"");
    }

    @Test
    void filesAreOnlyRead() {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThat(guest.call(method, FILES + "parts/page.js").is(405).header("Allow"))
                    .contains("GET, HEAD, OPTIONS");
        }
    }
}
