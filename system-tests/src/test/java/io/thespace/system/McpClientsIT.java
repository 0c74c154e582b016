package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that others wrote, as {@code docs/MCP.md} shows them. They run where {@link NodeTools} are. */
class McpClientsIT {

    private static final Path GUIDE = Path.of(System.getProperty("space.root"), "docs", "MCP.md");

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person person = stage.fixtures().user(org);
    private NodeTools node;
    private String token;

    @BeforeEach
    void start() {
        node = NodeTools.orSkip();
        token = stage.space().login(person.email(), Fixtures.PASSWORD).is(200).text("access_token");
    }

    private String ours(String example) {
        return example.replace("http://localhost:8080", stage.space().base().toString());
    }

    @Test
    void theTypeScriptClientOfTheGuideListsTools() throws IOException, InterruptedException {
        Matcher example = Pattern.compile("```ts\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(example.find()).isTrue();
        // Node looks for packages beside the script.
        Path script = Files.createTempFile(node.directory(), "client", ".mjs");
        try {
            Files.writeString(script, ours(example.group(1)) + "\nprocess.exit(0);\n");
            ProcessBuilder client = node.node(script);
            client.environment().put("TOKEN", token);
            assertThat(NodeTools.output(client)).contains("memory_search", "financial_business-transfer");
        } finally {
            Files.delete(script);
        }
    }

    @Test
    void theInspectorListsReadsAndCalls() throws IOException, InterruptedException {
        assertThat(Files.readString(GUIDE)).contains("npx @modelcontextprotocol/inspector --cli");
        McpInspector inspector = new McpInspector(node, stage.space(), token);
        assertThat(inspector.ask("tools/list").path("tools"))
                .extracting(tool -> tool.path("name").asText())
                .contains("memory_search");
        assertThat(inspector
                        .ask("tools/call", "--tool-name", "memory_search", "--tool-arg", "query=lighthouse")
                        .at("/structuredContent/items")
                        .isArray())
                .isTrue();
        assertThat(inspector
                        .ask("resources/read", "--uri", "space:///api/plugins")
                        .at("/contents/0/text")
                        .asText())
                .contains("financial_business");
        assertThat(inspector.ask("prompts/list").path("prompts").isArray()).isTrue();
    }
}
