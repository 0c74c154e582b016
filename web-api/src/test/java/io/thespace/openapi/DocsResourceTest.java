package io.thespace.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsResourceTest {

    private static final class Table extends Routes {
        private List<Route> routes = Sample.routes();
        private long version = 1;
        private int asked;

        @Override
        public List<Route> all() {
            asked++;
            return routes;
        }

        @Override
        public long version() {
            return version;
        }
    }

    private final Table table = new Table();
    private final DocsResource docs = new DocsResource(new Documentation(table, true));

    @Test
    void jsonAndYamlSayTheSame() throws Exception {
        JsonNode json = Json.MAPPER.readTree(docs.document().bytes());
        JsonNode same = Json.MAPPER.readTree(docs.json().bytes());
        JsonNode yaml = new YAMLMapper().readTree(docs.yaml().bytes());
        assertThat(same).isEqualTo(json);
        assertThat(Json.MAPPER.readTree(yaml.toString())).isEqualTo(Json.MAPPER.readTree(json.toString()));
        assertThat(json.at("/info/version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void makesTheDocumentAgainOnlyWhenTheRoutesChange() throws Exception {
        Content before = docs.document();
        docs.yaml();
        assertThat(table.asked).isEqualTo(1);
        table.routes = new ArrayList<>(table.routes).subList(0, 1);
        table.version++;
        Content after = docs.document();
        assertThat(table.asked).isEqualTo(2);
        assertThat(Json.MAPPER.readTree(after.bytes()).path("paths")).hasSize(1);
        assertThat(after.headers().get("ETag")).isNotEqualTo(before.headers().get("ETag"));
    }

    @Test
    void thePageNeedsOnlyFilesOfTheArchiveAndNoInlineScript() throws Exception {
        Content page = docs.page();
        String html = new String(page.bytes(), StandardCharsets.UTF_8);
        assertThat(page.mediaType()).isEqualTo("text/html;charset=utf-8");
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe", "http");
        assertThat(html).doesNotContain("://", "<style", "onload").doesNotContainPattern("<script(?![^>]*src=)");
        Matcher files = Pattern.compile("\"docs/([^\"]+)\"").matcher(html);
        int found = 0;
        while (files.find()) {
            Content file = docs.file(files.group(1));
            assertThat(file.bytes()).isNotEmpty();
            assertThat(file.headers()).containsKeys("ETag", "Cache-Control", "Content-Security-Policy");
            found++;
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void givesOutNoOtherFile() {
        for (String name : List.of("DocsResource.class", "docs.html", "../../../beans.xml", "")) {
            assertThatThrownBy(() -> docs.file(name)).isInstanceOf(Rejection.class);
        }
    }

    @Test
    void sharedCachesMayKeepFilesOnlyWhileTheyAreOpen() {
        DocsResource closed = new DocsResource(new Documentation(table, false));
        assertThat(docs.file("docs.css").headers()).containsEntry("Cache-Control", "public, max-age=3600");
        assertThat(closed.file("docs.css").headers()).containsEntry("Cache-Control", "private, max-age=3600");
    }

    @Test
    void eachFamilyHasItsOwnDocument() throws Exception {
        JsonNode management = Json.MAPPER.readTree(new ManagementDocsResource(new Documentation(table, true))
                .document()
                .bytes());
        assertThat(management.path("paths")).isEmpty();
        assertThat(Json.MAPPER.readTree(docs.document().bytes()).path("paths")).isNotEmpty();
    }

    @Test
    void asksForATokenWhileTheSettingIsFalse() {
        for (Class<?> resource : List.of(DocsResource.class, ManagementDocsResource.class)) {
            assertThat(resource.getAnnotation(Open.class).setting()).isEqualTo(Key.DOCS_PUBLIC.name());
            assertThat(resource.getAnnotation(Requires.class).role()).isEqualTo(Role.GUEST);
        }
    }
}
