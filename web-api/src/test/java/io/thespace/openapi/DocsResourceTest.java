package io.thespace.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final DocsResource docs = new DocsResource(Family.PLATFORM, table, true);

    @Test
    void jsonAndYamlSayTheSame() throws Exception {
        JsonNode json = Json.MAPPER.readTree(call(docs, "/openapi", Map.of()).bytes());
        JsonNode same =
                Json.MAPPER.readTree(call(docs, "/openapi.json", Map.of()).bytes());
        JsonNode yaml =
                new YAMLMapper().readTree(call(docs, "/openapi.yaml", Map.of()).bytes());
        assertThat(same).isEqualTo(json);
        assertThat(Json.MAPPER.readTree(yaml.toString())).isEqualTo(Json.MAPPER.readTree(json.toString()));
        assertThat(json.at("/info/version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void makesTheDocumentAgainOnlyWhenTheRoutesChange() throws Exception {
        Content before = call(docs, "/openapi", Map.of());
        call(docs, "/openapi.yaml", Map.of());
        assertThat(table.asked).isEqualTo(1);
        table.routes = new ArrayList<>(table.routes).subList(0, 1);
        table.version++;
        Content after = call(docs, "/openapi", Map.of());
        assertThat(table.asked).isEqualTo(2);
        assertThat(Json.MAPPER.readTree(after.bytes()).path("paths")).hasSize(1);
        assertThat(after.headers().get("ETag")).isNotEqualTo(before.headers().get("ETag"));
    }

    @Test
    void thePageNeedsOnlyFilesOfTheArchiveAndNoInlineScript() throws Exception {
        Content page = call(docs, "/docs", Map.of());
        String html = new String(page.bytes(), StandardCharsets.UTF_8);
        assertThat(page.mediaType()).isEqualTo("text/html;charset=utf-8");
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe", "http");
        assertThat(html).doesNotContain("://", "<style", "onload").doesNotContainPattern("<script(?![^>]*src=)");
        Matcher files = Pattern.compile("\"docs/([^\"]+)\"").matcher(html);
        int found = 0;
        while (files.find()) {
            Content file = call(docs, "/docs/{file}", Map.of("file", files.group(1)));
            assertThat(file.bytes()).isNotEmpty();
            assertThat(file.headers()).containsKeys("ETag", "Cache-Control", "Content-Security-Policy");
            found++;
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void givesOutNoOtherFile() {
        for (String name : List.of("DocsResource.class", "docs.html", "../../../beans.xml", "")) {
            assertThatThrownBy(() -> call(docs, "/docs/{file}", Map.of("file", name)))
                    .isInstanceOf(Rejection.class);
        }
    }

    @Test
    void canBeClosed() {
        assertThat(docs.endpoints()).allMatch(endpoint -> endpoint.role() == null);
        assertThat(new DocsResource(Family.PLATFORM, table, false).endpoints())
                .allMatch(endpoint -> endpoint.role() == Role.GUEST);
    }

    static Content call(DocsResource docs, String path, Map<String, Object> parameters) throws Exception {
        Endpoint<?> endpoint = docs.endpoints().stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElseThrow();
        return call(endpoint, parameters);
    }

    private static <B> Content call(Endpoint<B> endpoint, Map<String, Object> parameters) throws Exception {
        return (Content) endpoint.handler()
                .handle(new Call<>(
                        Actor.anonymous("r", null, null), null, parameters, null, Optional.empty(), Optional.empty()));
    }
}
