package io.thespace.mcp.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.identity.Fired;
import io.thespace.identity.TestDatabase;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.revision.RevisionChanged;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readings and pins on a real PostgreSQL, as the application's role. */
class ServerReadingsDatabaseTest {

    private static final Actor PLATFORM = Actor.platform(null, "test");

    private static TestDatabase database;

    private final Fired<RevisionChanged> fired = new Fired<>();

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(McpServer.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void register() throws Exception {
        database.sql("delete from core.mcp_servers");
        database.sql("insert into core.mcp_servers (name, definition, created_at, changed_at) values ('files',"
                + " '{\"name\": \"files\", \"remote\": {\"url\": \"https://mcp.example.org/mcp\", \"read_seconds\": 60}}',"
                + " now(), now())");
        database.sql("insert into core.mcp_server_readings (server, due_at) values ('files', now())");
    }

    private void read(Object... namesAndDescriptions) {
        read(changedAt(), namesAndDescriptions);
    }

    private Instant changedAt() {
        return database.in(
                null, em -> em.find(McpServer.class, "files").view(null).changedAt());
    }

    private ServerReadings readings(EntityManager em) {
        ServerReadings readings = new ServerReadings();
        readings.em = em;
        readings.use(rows(em), fired);
        return readings;
    }

    private void read(Instant changedAt, Object... namesAndDescriptions) {
        Map<String, ObjectNode> tools = new HashMap<>();
        for (int i = 0; i < namesAndDescriptions.length; i += 2) {
            tools.put(
                    (String) namesAndDescriptions[i],
                    Json.MAPPER
                            .createObjectNode()
                            .put("name", (String) namesAndDescriptions[i])
                            .put("description", (String) namesAndDescriptions[i + 1]));
        }
        database.in(null, em -> {
            readings(em).succeeded(PLATFORM, "files", changedAt, McpWire.SESSION, Map.of(ServerItem.TOOL, tools), null);
            return null;
        });
    }

    private static ServerRows rows(EntityManager em) {
        ServerRows rows = new ServerRows();
        rows.em = em;
        return rows;
    }

    private List<String> states() {
        return items().stream().map(item -> item.name() + " " + item.state()).toList();
    }

    private List<ServerItemView> items() {
        return database.in(null, em -> rows(em).items("files").stream()
                .map(item -> ServerItemView.of("files", item))
                .toList());
    }

    private void accept(String name, String digest) {
        database.in(null, em -> {
            McpServers servers = new McpServers();
            servers.em = em;
            servers.use(rows(em), fired, null, null);
            return servers.accept(
                    PLATFORM, "files", new AcceptOrder(List.of(new AcceptOrder.AcceptedItem("tool", name, digest))));
        });
    }

    @Test
    void whatTheFirstReadingFindsIsAcceptedAndLaterChangesAreQuarantined() {
        read("a", "Reads.", "b", "Writes.");
        assertThat(states()).containsExactly("a in_service", "b in_service");

        read("a", "Reads, and more.", "c", "Is new.");
        assertThat(states()).containsExactly("a changed", "b gone", "c new");

        read("a", "Reads.", "b", "Writes.");
        assertThat(states()).containsExactly("a in_service", "b in_service");
    }

    @Test
    void aReadingOfAFormerConfigurationChangesNothing() throws Exception {
        Instant former = changedAt();
        register();
        database.sql("update core.mcp_server_readings set due_at = now() + interval '1 hour'");

        read(former, "a", "Reads.");

        assertThat(states()).isEmpty();
        assertThat(fault(former)).isNull();
        assertThat(claimed()).isEqualTo("[files]");

        read("b", "Writes.");
        assertThat(states()).containsExactly("b in_service");
        read(former, "a", "Reads.");
        assertThat(states()).containsExactly("b in_service");
        assertThat(fault(changedAt())).isEqualTo("no answer");

        database.sql("delete from core.mcp_servers");
        read(former, "a", "Reads.");
        assertThat(states()).isEmpty();
    }

    /** The server's state after a reading has failed. */
    private String fault(Instant changedAt) {
        return database.in(null, em -> {
            readings(em).failed(PLATFORM, "files", changedAt, "no answer");
            return rows(em).states().get("files").fault();
        });
    }

    private String claimed() {
        return database.in(
                null, em -> readings(em).claim(PLATFORM).stream().toList().toString());
    }

    @Test
    void anAcceptanceNamesWhatWasLookedAt() {
        read("a", "Reads.");
        read("a", "Reads, and more.");
        String seen = items().get(0).digest();
        read("a", "Reads, and steals.");

        assertThatThrownBy(() -> accept("a", seen))
                .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(FederationError.CHANGE_OUTDATED));
        assertThat(states()).containsExactly("a changed");
        accept("a", items().get(0).digest());

        assertThat(states()).containsExactly("a in_service");
        assertThat(items().get(0).accepted().path("description").asText()).isEqualTo("Reads, and steals.");
    }

    @Test
    void aReadingThatFindsNothingElseChangesNoRevision() {
        read("a", "Reads.");
        long before = revision();
        read("a", "Reads.");
        assertThat(revision()).isEqualTo(before);
        read("a", "Writes.");
        assertThat(revision()).isEqualTo(before + 1);
    }

    private long revision() {
        return database.in(null, em -> {
            McpServers servers = new McpServers();
            servers.em = em;
            return servers.revision(PLATFORM);
        });
    }

    @Test
    void aServerIsClaimedOnceForItsInterval() {
        for (String expected : List.of("[files]", "[]")) {
            assertThat(claimed()).isEqualTo(expected);
        }
    }
}
