package io.thespace.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolsTest {

    private static McpTool tool(Endpoint.Builder<Void> endpoint) {
        return McpTool.of(
                route("/api/plugins/notes", "notes", endpoint.action("act").tool()));
    }

    private static Route route(String prefix, String group, Endpoint.Builder<Void> builder) {
        Endpoint<Void> endpoint = builder.summary("Act").handler(call -> null);
        return new Route(prefix + endpoint.path(), Mount.of(group), endpoint);
    }

    @Test
    void aToolIsNamedAfterItsPluginAndItsAction() {
        assertThat(tool(Endpoint.get("/notes")).name()).isEqualTo("notes-act");
        assertThat(McpTool.of(route(
                                "/api",
                                "Notes",
                                Endpoint.get("/notes").action("note_list").tool()))
                        .name())
                .isEqualTo("note_list");
    }

    @Test
    void hintsFollowFromMethodAndDeclaration() {
        assertThat(tool(Endpoint.get("/notes")).readOnly()).isTrue();
        assertThat(tool(Endpoint.post("/search").limit(LimitClass.READ)).readOnly())
                .isTrue();

        McpTool add = tool(Endpoint.post("/notes").idempotent());
        assertThat(add.readOnly()).isFalse();
        assertThat(add.destructive()).isFalse();
        assertThat(add.idempotent()).isFalse();
        assertThat(add.takesKey()).isTrue();
        assertThat(add.needsKey()).isFalse();

        McpTool delete = tool(Endpoint.delete("/notes"));
        assertThat(delete.destructive()).isTrue();
        assertThat(delete.idempotent()).isTrue();
        assertThat(delete.needsKey()).isFalse();

        McpTool pay = tool(Endpoint.post("/pay").idempotent().destructive());
        assertThat(pay.destructive()).isTrue();
        assertThat(pay.needsKey()).isTrue();
        assertThat(pay.idempotent()).isTrue();
        assertThat(pay.description()).contains("idempotency_key");
    }

    @Test
    void onlyWhatIsDeclaredIsATool() {
        Route plain =
                route("/api/plugins/notes", "notes", Endpoint.get("/notes").action("list"));
        Route image = route(
                "/api/plugins/notes",
                "notes",
                Endpoint.get("/image")
                        .answersContent("image/png")
                        .action("image")
                        .tool());
        Route text = route(
                "/api/plugins/notes",
                "notes",
                Endpoint.get("/text")
                        .answersContent("text/plain")
                        .action("text")
                        .tool());

        assertThat(Tools.byName(List.of(plain, image, text))).containsOnlyKeys("notes-text");
        assertThatThrownBy(() -> Tools.byName(List.of(text, text)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("notes-text");
    }

    @Test
    void pagesFollowEachOther() {
        List<McpTool> all = IntStream.range(10, 15)
                .mapToObj(n -> new McpTool("tool_" + n, null))
                .toList();
        McpPage<McpTool> first = McpPage.of(all, McpTool::name, null, 2);
        assertThat(first.items()).extracting(McpTool::name).containsExactly("tool_10", "tool_11");
        assertThat(McpPage.of(all, McpTool::name, first.nextCursor(), 2).items())
                .extracting(McpTool::name)
                .containsExactly("tool_12", "tool_13");
        assertThat(McpPage.of(all, McpTool::name, null, 5).nextCursor()).isNull();
        for (String forged : List.of("", "!", "AAAA", "x".repeat(3000))) {
            assertThatThrownBy(() -> McpPage.of(all, McpTool::name, forged, 2))
                    .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(McpError.CURSOR_INVALID));
        }
    }
}
