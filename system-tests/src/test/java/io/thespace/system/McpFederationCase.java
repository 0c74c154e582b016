package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two remote MCP servers and a virtual one that combines them with tools of the platform. */
abstract class McpFederationCase {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String SERVERS = "/api/control-center/mcp/servers";

    /** A way to speak with the server. */
    enum Revision {
        SESSION,
        STATELESS;

        McpClient client(Caller caller, String path) {
            return this == SESSION ? McpClient.session(caller, "2025-11-25", path) : McpClient.stateless(caller, path);
        }
    }

    final Stage stage = Stage.shared();
    final Space space = stage.space();
    final UUID org = stage.fixtures().organization();
    final Caller admin = space.as(stage.fixtures().admin(org));
    final Person alice = stage.fixtures().user(org);
    final Caller user = space.as(alice);
    final String tail = UUID.randomUUID().toString();
    final String files = "files-" + tail;
    final String notes = "notes-" + tail;
    final String desk = "desk-" + tail;
    private final List<String> registered = new ArrayList<>();
    RemoteMcp session;
    private RemoteMcp stateless;

    @BeforeEach
    void start() throws IOException {
        // One instance runs all tests of the class.
        registered.clear();
        session = new RemoteMcp(false);
        stateless = new RemoteMcp(true);
    }

    @AfterEach
    void stop() {
        registered.forEach(name -> admin.call("DELETE", SERVERS + "/" + name).is(204));
        session.close();
        stateless.close();
    }

    void register(String name, Object... remote) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", name);
        order.set("remote", Json.read(Json.object(remote)));
        register(order);
    }

    void register(ObjectNode order) {
        admin.send("POST", SERVERS, order.toString()).is(201);
        registered.add(0, order.path("name").asText());
    }

    void read(String name) {
        JsonNode state = admin.post(SERVERS + "/" + name + "/refresh").is(200).get("state");
        assertThat(state.path("status").asText()).as("%s", state).isEqualTo("ok");
    }

    static ObjectNode member(String server, String prefix, String... tools) {
        ObjectNode member = Json.MAPPER.createObjectNode().put("server", server).put("prefix", prefix);
        ArrayNode list = member.putArray("tools");
        Stream.of(tools).forEach(list::add);
        member.putArray("resources").add("file:///reports/*");
        member.putArray("prompts").add("*");
        return member;
    }

    ObjectNode virtual(ObjectNode... members) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", desk);
        ArrayNode list = order.putObject("virtual").putArray("members");
        Stream.of(members).forEach(list::add);
        return order;
    }

    ObjectNode own(String... tools) {
        ObjectNode member = Json.MAPPER.createObjectNode().put("server", "the-space");
        ArrayNode list = member.putArray("tools");
        Stream.of(tools).forEach(list::add);
        return member;
    }

    String path() {
        return "/api/mcp/servers/" + desk;
    }

    /** Both remote servers, read, and a virtual one of them and of the platform's own. */
    void combined() {
        register(files, "url", session.url(), "time_limit_millis", 2000, "concurrency", 4);
        register(notes, "url", stateless.url(), "time_limit_millis", 2000, "concurrency", 4);
        read(files);
        read(notes);
        register(virtual(member(files, "files", "*"), member(notes, "notes", "*"), own("memory_search")));
    }
}
